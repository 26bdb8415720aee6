import { awaitsCdr } from '../../core/cdr/awaits-cdr.ts';
import { logger } from '../runtime/logger.ts';
import { askForCdr, readUnsealedSessions } from '../store/sessions/unsealed-sessions.ts';
import type { Database } from '../store/table/client.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Each hour a sweep looks a few days back, for sessions without any CDR. */
const hourly = { reach: 2 * day, states: ['sealed', 'credited', 'held'] } as const;

/** Once a day it looks much further back, and also at held CDRs, which may have been decided on. */
const daily = { reach: 35 * day, states: ['sealed', 'credited'] } as const;

/** A session that ended less than this ago may still be on its usual way, ms. */
const patience = hour;

/** Starts of sessions that are compared with CDRs at a time, ms: 10,000 chargers start some 200,000 in five days. */
const spanAtOnce = 5 * day;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The sessions of one operator, and the time of the sweep, epoch ms. */
export type CdrSweep = {
  readonly operatorId: string;
  readonly shards: readonly number[];
  readonly now: number;
  readonly hasTime: () => boolean;
};

/**
 * Finds ended sessions that got no CDR, since the record of their end was lost, and has their CDRs made. Gives how many, or
 * `undefined` when the time was over before all were seen.
 */
export async function askForMissingCdrs(
  database: Database,
  { operatorId, shards, now, hasTime }: CdrSweep,
): Promise<number | undefined> {
  const { reach, states } = new Date(now).getUTCHours() === 0 ? daily : hourly;
  let asked = 0;
  for (const part of partsOf(shards, now - reach, now)) {
    const found = await readUnsealedSessions(database, { operatorId, states, ...part });
    for (const stored of found.filter((one) => awaitsCdr(one, iso(now - patience)))) {
      if (!hasTime()) return undefined;
      const { sessionId, chargerId } = stored.session;
      if ((await askForCdr(database, sessionId, iso(now))) === 'sealed') continue;
      logger.warn('Ended session without a CDR', { sessionId, operatorId, chargerId });
      asked += 1;
    }
  }
  return asked;
}

type Part = { readonly shard: number; readonly from: string; readonly to: string };

/** Each shard in spans of time whose lists fit into memory. */
function* partsOf(shards: readonly number[], from: number, to: number): Generator<Part> {
  for (const shard of shards) {
    for (let begin = from; begin < to; begin += spanAtOnce) {
      const end = begin + spanAtOnce;
      yield { shard, from: iso(begin), to: iso(Math.min(end, to)) };
    }
  }
}
