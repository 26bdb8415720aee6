import { setTimeout as sleep } from 'node:timers/promises';
import { listApi } from '../operator-api.ts';
import type { StackAccess } from '../stack-access.ts';

/** What a replay left behind on the stack. */
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
};

const patienceMs = 60_000;

/**
 * Waits until the replayed chargers have as many CDRs as expected, or nothing has come for a minute, and counts what
 * is there.
 */
export const awaitCdrs = async (
  access: StackAccess,
  chargerIds: ReadonlySet<string>,
  expected: number,
  tell: (cdrs: number) => void,
): Promise<ReplayOutcome> => {
  let lastCount = -1;
  let lastChange = performance.now();
  for (;;) {
    const cdrs = await listOf<ListedCdr>(access, '/cdrs', chargerIds);
    tell(cdrs.length);
    if (cdrs.length !== lastCount) {
      lastCount = cdrs.length;
      lastChange = performance.now();
    }
    if (cdrs.length >= expected || performance.now() - lastChange > patienceMs) {
      const sessions = await listOf<ListedCdr>(access, '/sessions', chargerIds);
      return {
        sessions: sessions.length,
        cdrs: cdrs.length,
        energyBilled: cdrs.filter(isSealed).reduce((sum, cdr) => sum + milliWattHours(cdr), 0n),
        held: cdrs.filter((cdr) => cdr.state === 'held').length,
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

const isSealed = (cdr: ListedCdr): boolean => cdr.state === 'sealed';

// Six decimals of kWh are whole mWh, and a double holds them exactly up to 9 GWh.
const milliWattHours = (cdr: ListedCdr): bigint => BigInt(Math.round(cdr.energyKwh * 1_000_000));
