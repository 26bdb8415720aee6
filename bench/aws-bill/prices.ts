/** A list price: US dollars for one unit, and the page it is from. */
export type Price = {
  /** US dollars for one unit. */
  readonly usd: number;
  /** The unit. */
  readonly per: string;
  readonly source: string;
};

/** The month these prices were looked up: list prices of the region us-east-1, without any free tier or discount. */
export const pricesAsOf = '2026-11';

const aws = (usd: number, per: string, page: string): Price => ({
  usd,
  per,
  source: `aws.amazon.com/${page}/pricing`,
});

/** Dashboards of an account that cost nothing, of up to 50 metrics each: part of the price list, not of a trial. */
export const freeDashboards = 3;

/** AWS list prices of everything that a message, a session or a month of a charger uses. */
export const prices = {
  websocketMessage: aws(1 / 1e6, 'message of up to 32 KB, each direction', 'api-gateway'),
  websocketMinute: aws(0.25 / 1e6, 'connection minute', 'api-gateway'),
  cloudfrontRequest: aws(1 / 1e6, 'HTTPS request', 'cloudfront'),
  cloudfrontFunction: aws(0.1 / 1e6, 'function invocation', 'cloudfront'),
  cloudfrontOut: aws(0.085 / 1e9, 'byte to chargers', 'cloudfront'),
  cloudfrontIn: aws(0.02 / 1e9, 'byte from chargers to the origin', 'cloudfront'),
  lambdaRequest: aws(0.2 / 1e6, 'invocation', 'lambda'),
  lambdaGigabyteSecond: aws(0.0000133334, 'GB-second, arm64', 'lambda'),
  dynamodbWrite: aws(0.625 / 1e6, 'write request unit, on demand', 'dynamodb'),
  dynamodbRead: aws(0.125 / 1e6, 'read request unit, on demand', 'dynamodb'),
  kmsSignature: aws(0.15 / 1e4, 'request with an ECC key', 'kms'),
  logs: aws(0.5 / 1e9, 'byte ingested', 'cloudwatch'),
  kmsKey: aws(1, 'key and month', 'kms'),
  sqsRequest: aws(0.4 / 1e6, 'request, standard queue', 'sqs'),
  customMetric: aws(0.3, 'metric and month', 'cloudwatch'),
  alarm: aws(0.1, 'alarm and month', 'cloudwatch'),
  compositeAlarm: aws(0.5, 'composite alarm and month', 'cloudwatch'),
  dashboard: aws(3, 'dashboard and month', 'cloudwatch'),
  dynamodbStorage: aws(0.25 / 1e9, 'byte and month', 'dynamodb'),
  dynamodbRecovery: aws(0.2 / 1e9, 'byte and month of point-in-time recovery', 'dynamodb'),
  infrequentLogs: aws(0.25 / 1e9, 'byte ingested, class Infrequent Access', 'cloudwatch'),
} as const satisfies Record<string, Price>;
