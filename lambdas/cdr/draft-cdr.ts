import type { CdrContent } from '../../core/cdr/cdr.ts';
import { composeCdr, mustHold } from '../../core/cdr/compose-cdr.ts';
import { countReadings, readingsHash } from '../../core/cdr/readings-hash.ts';
import type { Metered } from '../../core/metering/metered.ts';
import { finish } from '../../core/session/finish.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import type { Database } from '../store/client.ts';
import { readEvidence } from '../store/evidence.ts';
import type { StoredSession } from '../store/session-item.ts';
import { reportOf } from '../tariff/report-of.ts';
import { tariffOf } from '../tariff/tariff-of.ts';

/** A CDR before it is sealed or held. */
export type CdrDraft = {
  readonly content: CdrContent;
  readonly metered: Metered;
  /** True when it must wait for the operator's decision. */
  readonly held: boolean;
};

/** Makes the CDR of an ended session from everything that was kept of it: the same evidence gives the same bytes. */
export async function draftCdr(database: Database, stored: StoredSession): Promise<CdrDraft> {
  const { session } = stored;
  const [kept, tariff] = await Promise.all([
    readEvidence(database, stored),
    tariffOf(database, session),
  ]);
  const { readings, states } = reportOf(kept);
  const metered = finish(session, readings, states);
  const held = mustHold(session, metered, tariff);
  const price =
    held || tariff === undefined ? undefined : priceSession(tariff, metered, session.timeZone);
  const evidence = { readings: countReadings(kept), readingsHash: readingsHash(kept) };
  return { content: composeCdr(session, metered, tariff, price, evidence), metered, held };
}
