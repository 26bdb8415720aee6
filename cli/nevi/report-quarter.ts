import { listApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import type { Client } from '../../clients/typescript/create-client.ts';
import { isAttemptId } from '../../core/payment/attempt.ts';
import { type ListedReading, peakKw } from './peak-kw.ts';
import type { Quarter } from './quarter.ts';

/** A session as 23 CFR 680.112(a) wants it. */
type ReportedSession = {
  readonly chargerId: string;
  /** The port: EVSE and connector, as in `1-1`. */
  readonly port: string;
  readonly sessionId: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** How it failed, and the reason that the charger gave; null where it did not. */
  readonly error: string | null;
  readonly energyKwh: number;
  readonly peakKw: number | null;
  readonly paymentMethod: 'card' | 'account' | 'token' | 'none';
};

/** The uptime of a port in the twelve months that end with a month of the quarter. */
type ReportedUptime = {
  readonly chargerId: string;
  readonly port: string;
  readonly month: string;
  readonly uptimePercent: string | null;
  readonly outageMinutes: number;
  readonly excludedMinutes: number;
};

const portOf = ({ evseId, connectorId }: { evseId: number; connectorId: number }): string =>
  `${evseId}-${connectorId}`;

type Payer = { readonly tokenId: string | null; readonly accountId: string | null };

function paymentMethodOf({ tokenId, accountId }: Payer): ReportedSession['paymentMethod'] {
  if (tokenId !== null && isAttemptId(tokenId)) return 'card';
  if (accountId !== null) return 'account';
  return tokenId === null ? 'none' : 'token';
}

/** Reads why sessions failed that ended in months, by their ids. */
async function readErrors(
  client: Client,
  months: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const errors = new Map<string, string>();
  for (const month of months) {
    for await (const one of client.list('GET /monitoring/failed-sessions', { query: { month } })) {
      const { sessionId, failure, stopReason } = one;
      errors.set(sessionId, stopReason === null ? failure : `${failure} (${stopReason})`);
    }
  }
  return errors;
}

const ofLocation = (locationId: string | undefined) =>
  locationId === undefined ? {} : { locationId };

/** Reads the sessions that began in a quarter, by their CDRs in force, and the highest power of each. */
export async function* readSessions(
  access: StackAccess,
  client: Client,
  { months, monthAfter, from, to }: Quarter,
  locationId: string | undefined,
): AsyncGenerator<ReportedSession> {
  const errors = await readErrors(client, [...months, monthAfter]);
  const query = { from, to, ...ofLocation(locationId) };
  // A session that an operator let be free took place. Its credit is listed before what it credits.
  const free = new Set<string>();
  for await (const cdr of client.list('GET /cdrs', { query })) {
    if (cdr.correction?.kind === 'credit' && cdr.creditOf !== null) free.add(cdr.creditOf);
    const isReplaced = cdr.state === 'credited' && !free.has(cdr.cdrId);
    if (cdr.creditOf !== null || isReplaced) continue;
    const path = `/cdrs/${encodeURIComponent(cdr.cdrId)}/readings`;
    const readings = await Array.fromAsync(listApi<ListedReading>(access, path));
    yield {
      chargerId: cdr.chargerId,
      port: portOf(cdr),
      sessionId: cdr.sessionId,
      startedAt: cdr.startedAt,
      endedAt: cdr.endedAt,
      error: errors.get(cdr.sessionId) ?? null,
      energyKwh: cdr.energyKwh,
      peakKw: peakKw(readings) ?? null,
      paymentMethod: paymentMethodOf(cdr),
    };
  }
}

/** Reads the uptime of every port for each month of a quarter, by NEVI; of months that were over before its charger was commissioned, or are to come, there is none. */
export async function* readUptimes(
  client: Client,
  { months }: Quarter,
  locationId: string | undefined,
): AsyncGenerator<ReportedUptime> {
  for (const month of months) {
    const query = { definition: 'nevi', month, ...ofLocation(locationId) } as const;
    for await (const charger of client.list('GET /monitoring/uptime', { query })) {
      const { chargerId, connectors, from, to } = charger;
      if (from === to) continue;
      for (const one of connectors) {
        const { uptimePercent, outageMinutes, excludedMinutes } = one;
        yield {
          chargerId,
          port: portOf(one),
          month,
          uptimePercent,
          outageMinutes,
          excludedMinutes,
        };
      }
    }
  }
}
