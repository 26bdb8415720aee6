/** A list price: US dollars for one unit, and where it comes from. */
export type Price = {
  /** US dollars. */
  readonly usd: number;
  readonly per: string;
  readonly source: string;
};

/** The month these prices were looked up; AWS list prices, region us-east-1, beyond no free tier. */
export const pricesAsOf = '2026-11';

const aws = (usd: number, per: string, page: string): Price => ({
  usd,
  per,
  source: `aws.amazon.com/${page}/pricing`,
});

/** AWS list prices of everything that a message, a session or a month of a charger uses. */
export const prices = {
  websocketMessage: aws(1 / 1e6, 'message of up to 32 KB, each direction', 'api-gateway'),
  websocketMinute: aws(0.25 / 1e6, 'connection minute', 'api-gateway'),
  httpRequest: aws(1 / 1e6, 'HTTP API request of up to 512 KB', 'api-gateway'),
  cloudfrontRequest: aws(1 / 1e6, 'HTTPS request', 'cloudfront'),
  cloudfrontFunction: aws(0.1 / 1e6, 'function invocation', 'cloudfront'),
  dataTransferOut: aws(0.09, 'GB to the internet', 'ec2/on-demand'),
  lambdaRequest: aws(0.2 / 1e6, 'invocation', 'lambda'),
  lambdaGigabyteSecond: aws(0.0000133334, 'GB-second, arm64', 'lambda'),
  dynamodbWrite: aws(0.625 / 1e6, 'write request unit, on demand', 'dynamodb'),
  dynamodbRead: aws(0.125 / 1e6, 'read request unit, on demand', 'dynamodb'),
  dynamodbStorage: aws(0.25, 'GB-month', 'dynamodb'),
  pointInTimeRecovery: aws(0.2, 'GB-month', 'dynamodb'),
  kmsRequest: aws(0.15 / 1e4, 'asymmetric signature', 'kms'),
  logs: aws(0.5, 'GB ingested', 'cloudwatch'),
} as const satisfies Record<string, Price>;
