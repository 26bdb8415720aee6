import type { CdrContent } from '../../core/cdr/cdr.ts';
import { cdrFromReadings } from '../../core/cdr/cdr-from-readings.ts';
import { understand } from '../../core/ocpp/understand.ts';
import { finish } from '../../core/session/finish.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import type { Database } from '../store/client.ts';
import { readEvidence } from '../store/evidence.ts';
import type { SessionResult, StoredSession } from '../store/session-item.ts';
import { reportOf } from '../tariff/report-of.ts';
import { tariffOf } from '../tariff/tariff-of.ts';

/** A CDR before it is sealed or held, and what its session shows of it. */
export type CdrDraft = { readonly content: CdrContent; readonly result: SessionResult };

/** Makes the CDR of an ended session from everything that was kept of it: the same evidence gives the same bytes. */
export async function draftCdr(database: Database, stored: StoredSession): Promise<CdrDraft> {
  const { session } = stored;
  const [kept, tariff] = await Promise.all([
    readEvidence(database, stored),
    tariffOf(database, session),
  ]);
  const content = cdrFromReadings(session, tariff, kept, {
    read: (reading) => understand(session.protocol, reading),
    price: priceSession,
  });
  const { readings, states } = reportOf(kept);
  const { energy, stateOfCharge } = finish(session, readings, states);
  const { cdrId, total, anomalies } = content;
  return {
    content,
    result: {
      cdrId,
      // What must wait for a decision of the operator states no price.
      cdrState: total === null ? 'held' : 'sealed',
      energy,
      cdrAnomalies: anomalies,
      ...(total === null ? {} : { cost: total }),
      ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
    },
  };
}
