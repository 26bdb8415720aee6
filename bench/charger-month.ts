import { prices } from './prices.ts';

/** What one kind of event of a charger uses, counted on the runner: a heartbeat, a connect, a whole session. */
export type Counted = {
  readonly messagesIn: number;
  readonly messagesOut: number;
  /** Lambda invocations of all functions. */
  readonly invocations: number;
  /** Sum over invocations of seconds × GB of memory. */
  readonly gigabyteSeconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly signatures: number;
  readonly handshakes: number;
  /** Bytes written to logs. */
  readonly logBytes: number;
};

/** How a charger is used. */
export type Usage = {
  readonly sessionsPerDay: number;
  readonly heartbeatSeconds: number;
  /** API Gateway ends a connection after 2 hours. */
  readonly connectsPerDay: number;
};

/** One line of a month's bill: what, and US dollars. */
export type MonthLine = { readonly what: string; readonly usd: number };

const daysPerMonth = 30;
const minutesPerDay = 24 * 60;

/** The list price of one charger for a month of 30 days, line by line, from counted events. */
export const chargerMonth = (
  counted: { readonly heartbeat: Counted; readonly connect: Counted; readonly session: Counted },
  usage: Usage,
): readonly MonthLine[] => {
  const heartbeats = (daysPerMonth * 86_400) / usage.heartbeatSeconds;
  const total = sum([
    times(counted.heartbeat, heartbeats),
    times(counted.connect, daysPerMonth * usage.connectsPerDay),
    times(counted.session, daysPerMonth * usage.sessionsPerDay),
  ]);
  const gigabyte = 1024 ** 3;
  return [
    line(
      'WebSocket messages',
      (total.messagesIn + total.messagesOut) * prices.websocketMessage.usd,
    ),
    line('WebSocket minutes', daysPerMonth * minutesPerDay * prices.websocketMinute.usd),
    line(
      'CloudFront',
      total.handshakes * (prices.cloudfrontRequest.usd + prices.cloudfrontFunction.usd),
    ),
    line('Lambda requests', total.invocations * prices.lambdaRequest.usd),
    line('Lambda time', total.gigabyteSeconds * prices.lambdaGigabyteSecond.usd),
    line('DynamoDB writes', total.writeUnits * prices.dynamodbWrite.usd),
    line('DynamoDB reads', total.readUnits * prices.dynamodbRead.usd),
    line('KMS signatures', total.signatures * prices.kmsRequest.usd),
    line('Logs', (total.logBytes / gigabyte) * prices.logs.usd),
  ];
};

/** The sum of a month's lines in US dollars. */
export const monthTotal = (lines: readonly MonthLine[]): number =>
  lines.reduce((usd, each) => usd + each.usd, 0);

const line = (what: string, usd: number): MonthLine => ({ what, usd });

const times = (counted: Counted, factor: number): Counted =>
  mapCounted((key) => counted[key] * factor);

const sum = (parts: readonly Counted[]): Counted =>
  mapCounted((key) => parts.reduce((total, part) => total + part[key], 0));

const mapCounted = (value: (key: keyof Counted) => number): Counted => ({
  messagesIn: value('messagesIn'),
  messagesOut: value('messagesOut'),
  invocations: value('invocations'),
  gigabyteSeconds: value('gigabyteSeconds'),
  writeUnits: value('writeUnits'),
  readUnits: value('readUnits'),
  signatures: value('signatures'),
  handshakes: value('handshakes'),
  logBytes: value('logBytes'),
});
