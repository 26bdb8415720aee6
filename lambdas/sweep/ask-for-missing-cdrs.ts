import { awaitsCdr } from '../../core/cdr/awaits-cdr.ts';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import { logger } from '../runtime/logger.ts';
import type { ComparedFrom } from '../store/sessions/sweep-progress.ts';
import { askForCdr, readUnsealedSessions } from '../store/sessions/unsealed-sessions.ts';
import type { Database } from '../store/table/client.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Look = { readonly reach: number; readonly states: readonly Cdr['state'][] };

/** Each hour a sweep looks a few days back, for sessions without any CDR. */
const near: Look = { reach: 2 * day, states: ['sealed', 'credited', 'held'] };

/** Once a day it looks much further back, and also at held CDRs, which may have been decided on. */
const far: Look = { reach: 35 * day, states: ['sealed', 'credited'] };

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
  /** Whether it looks far back. */
  readonly isFar: boolean;
  /** Where an earlier sweep had to end; absent at the beginning. */
  readonly begin: ComparedFrom | undefined;
};

/** How many CDRs were asked for; `rest` is where the time was over before all were seen. */
export type AskedCdrs = { readonly asked: number; readonly rest?: ComparedFrom };

/** Finds ended sessions that got no CDR, since the record of their end was lost, and has their CDRs made. */
export async function askForMissingCdrs(database: Database, sweep: CdrSweep): Promise<AskedCdrs> {
  const { operatorId, now, hasTime } = sweep;
  const { reach, states } = sweep.isFar ? far : near;
  let asked = 0;
  for (const part of partsOf(sweep, now - reach, now)) {
    const rest = { shard: part.shard, from: part.from };
    if (!hasTime()) return { asked, rest };
    const found = await readUnsealedSessions(database, { operatorId, states, ...part });
    for (const stored of found.filter((one) => awaitsCdr(one, iso(now - patience)))) {
      if (!hasTime()) return { asked, rest };
      const { sessionId, chargerId } = stored.session;
      if ((await askForCdr(database, sessionId, iso(now))) === 'sealed') continue;
      logger.warn('Ended session without a CDR', { sessionId, operatorId, chargerId });
      asked += 1;
    }
  }
  return { asked };
}

type Part = ComparedFrom & { readonly to: string };

/** Each shard in spans of time whose lists fit into memory, from where an earlier sweep had to end. */
function* partsOf({ shards, begin }: CdrSweep, from: number, to: number): Generator<Part> {
  for (const shard of shards) {
    if (begin !== undefined && shard < begin.shard) continue;
    const first = shard === begin?.shard ? Date.parse(begin.from) : from;
    for (let start = first; start < to; start += spanAtOnce) {
      const end = start + spanAtOnce;
      yield { shard, from: iso(start), to: iso(Math.min(end, to)) };
    }
  }
}
