import { setTimeout as sleep } from 'node:timers/promises';
import { listApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';

/** The CDRs that a replay produced on the stack. */
export type ReplayOutcome = {
  readonly sessions: number;
  readonly cdrs: number;
  /** Billed energy of all CDRs in mWh. */
  readonly energyBilled: bigint;
  readonly held: number;
};

/** The place and the start of a session, which no two sessions share. */
export type ReplayedSession = {
  readonly chargerId: string;
  /** The connector's number in OCPP 1.6. */
  readonly evseId: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
};

type Listed = {
  readonly chargerId: string;
  readonly evseId: number;
  readonly startedAt: string;
};

type ListedCdr = Listed & {
  readonly energyKwh: number;
  readonly state: 'sealed' | 'held' | 'credited';
  readonly creditOf: string | null;
};

const patienceMs = 60_000;
// Once there is a CDR for each session, a held one gets so long to be replaced by a sealed one.
const heldPatienceMs = 5_000;

/**
 * Waits until every replayed session has a sealed CDR, or nothing has changed for a while, and counts the sessions and CDRs
 * of the replay: earlier ones of the same chargers are not among them. A credited CDR does not count, and neither does its
 * credit: the CDR in their place does.
 */
export const awaitCdrs = async (
  access: StackAccess,
  replayed: readonly ReplayedSession[],
  tell: (cdrs: number) => void,
): Promise<ReplayOutcome> => {
  const expected = replayed.length;
  const keys = new Set(replayed.map(keyOf));
  let lastSeen = '';
  let lastChange = performance.now();
  for (;;) {
    const cdrs = (await listOf<ListedCdr>(access, '/cdrs', keys)).filter(isInForce);
    const sealed = cdrs.filter(isSealed);
    tell(cdrs.length);
    const seen = `${cdrs.length} ${sealed.length}`;
    if (seen !== lastSeen) {
      lastSeen = seen;
      lastChange = performance.now();
    }
    const patience = cdrs.length < expected ? patienceMs : heldPatienceMs;
    if (sealed.length >= expected || performance.now() - lastChange > patience) {
      const sessions = await listOf<Listed>(access, '/sessions', keys);
      return {
        sessions: sessions.length,
        cdrs: cdrs.length,
        energyBilled: sealed.reduce((sum, cdr) => sum + milliWattHours(cdr), 0n),
        held: cdrs.length - sealed.length,
      };
    }
    await sleep(1000);
  }
};

const listOf = async <T extends Listed>(
  access: StackAccess,
  path: string,
  keys: ReadonlySet<string>,
): Promise<readonly T[]> => {
  const all = await Array.fromAsync(listApi<T>(access, path));
  return all.filter((item) => keys.has(keyOf({ ...item, startedAt: Date.parse(item.startedAt) })));
};

const keyOf = ({ chargerId, evseId, startedAt }: ReplayedSession): string =>
  `${chargerId} ${evseId} ${startedAt}`;

const isInForce = (cdr: ListedCdr): boolean => cdr.state !== 'credited' && cdr.creditOf === null;

const isSealed = (cdr: ListedCdr): boolean => cdr.state === 'sealed';

// Six decimals of kWh are whole mWh, and a double holds them exactly up to 9 GWh.
const milliWattHours = (cdr: ListedCdr): bigint => BigInt(Math.round(cdr.energyKwh * 1_000_000));
