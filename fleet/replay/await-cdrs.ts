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

type ListedCdr = {
  readonly chargerId: string;
  readonly energyKwh: number;
  readonly state: 'sealed' | 'held' | 'credited';
  readonly creditOf: string | null;
};

const patienceMs = 60_000;
// Once there is a CDR for each session, a held one gets so long to be replaced by a sealed one.
const heldPatienceMs = 5_000;

/**
 * Waits until the replayed chargers have as many sealed CDRs as expected, or nothing has changed for a while, and counts
 * what is there. What was credited counts no more, and neither does its credit: the CDR in their place does.
 */
export const awaitCdrs = async (
  access: StackAccess,
  chargerIds: ReadonlySet<string>,
  expected: number,
  tell: (cdrs: number) => void,
): Promise<ReplayOutcome> => {
  let lastSeen = '';
  let lastChange = performance.now();
  for (;;) {
    const cdrs = (await listOf<ListedCdr>(access, '/cdrs', chargerIds)).filter(isInForce);
    const sealed = cdrs.filter(isSealed);
    tell(cdrs.length);
    const seen = `${cdrs.length} ${sealed.length}`;
    if (seen !== lastSeen) {
      lastSeen = seen;
      lastChange = performance.now();
    }
    const patience = cdrs.length < expected ? patienceMs : heldPatienceMs;
    if (sealed.length >= expected || performance.now() - lastChange > patience) {
      const sessions = await listOf<{ chargerId: string }>(access, '/sessions', chargerIds);
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

const listOf = async <T extends { chargerId: string }>(
  access: StackAccess,
  path: string,
  chargerIds: ReadonlySet<string>,
): Promise<readonly T[]> => {
  const all = await Array.fromAsync(listApi<T>(access, path));
  return all.filter((item) => chargerIds.has(item.chargerId));
};

const isInForce = (cdr: ListedCdr): boolean => cdr.state !== 'credited' && cdr.creditOf === null;

const isSealed = (cdr: ListedCdr): boolean => cdr.state === 'sealed';

// Six decimals of kWh are whole mWh, and a double holds them exactly up to 9 GWh.
const milliWattHours = (cdr: ListedCdr): bigint => BigInt(Math.round(cdr.energyKwh * 1_000_000));
