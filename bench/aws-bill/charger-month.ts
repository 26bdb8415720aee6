import { addCounted, type Counted } from './counted.ts';
import { prices } from './prices.ts';

/** How a charger is used. */
export type ChargerUse = {
  readonly sessionsPerDay: number;
  readonly heartbeatSeconds: number;
  /** API Gateway ends a connection after 2 hours. */
  readonly connectsPerDay: number;
};

/** The cost of each kind of event. */
export type CountedEvents = {
  readonly heartbeat: Counted;
  readonly connect: Counted;
  readonly session: Counted;
};

/** One line of a bill: what, how much of it, and US dollars. */
export type BillLine = { readonly what: string; readonly amount: number; readonly usd: number };

const daysPerMonth = 30;
const secondsPerDay = 86_400;

/** The usage of a charger in a month of 30 days; heartbeats are sent all the time, also while it charges. */
export function chargerMonth(events: CountedEvents, use: ChargerUse): readonly BillLine[] {
  const counted = addCounted([
    { counted: events.heartbeat, times: (daysPerMonth * secondsPerDay) / use.heartbeatSeconds },
    { counted: events.connect, times: daysPerMonth * use.connectsPerDay },
    { counted: events.session, times: daysPerMonth * use.sessionsPerDay },
  ]);
  const minutes = (daysPerMonth * secondsPerDay) / 60;
  const connected = line('WebSocket minutes', minutes, prices.websocketMinute.usd);
  return [connected, ...bill(counted)];
}

/** AWS list prices of the counted events, line by line. */
export function bill(counted: Counted): readonly BillLine[] {
  const handshake = prices.cloudfrontRequest.usd + prices.cloudfrontFunction.usd;
  return [
    line('WebSocket messages', counted.messages, prices.websocketMessage.usd),
    line('CloudFront handshakes', counted.handshakes, handshake),
    line('CloudFront bytes in', counted.bytesIn, prices.cloudfrontIn.usd),
    line('CloudFront bytes out', counted.bytesOut, prices.cloudfrontOut.usd),
    line('Lambda invocations', counted.invocations, prices.lambdaRequest.usd),
    line('Lambda GB-seconds', counted.gigabyteSeconds, prices.lambdaGigabyteSecond.usd),
    line('DynamoDB write units', counted.writeUnits, prices.dynamodbWrite.usd),
    line('DynamoDB read units', counted.readUnits, prices.dynamodbRead.usd),
    line('KMS signatures', counted.signatures, prices.kmsSignature.usd),
    line('Log bytes', counted.logBytes, prices.logs.usd),
    line('Access log bytes', counted.accessLogBytes, prices.infrequentLogs.usd),
  ];
}

/** The sum of a bill in US dollars. */
export const billTotal = (lines: readonly BillLine[]): number =>
  lines.reduce((sum, { usd }) => sum + usd, 0);

/** A line of a bill: so much of something at a price for one of it. */
export const line = (what: string, amount: number, price: number): BillLine => ({
  what,
  amount,
  usd: amount * price,
});
