import type { CdrChoice } from '../../core/cdr/compute/cdr-decision.ts';
import type { Session } from '../../core/session/session.ts';
import type { Tariff } from '../../core/tariff/model/tariff.ts';
import { tariffMoment } from '../../core/tariff/model/tariff-moment.ts';
import type { Database } from '../store/table/client.ts';
import { readVersionInForce } from '../store/tariffs.ts';

/**
 * Finds the tariff that holds for a session: the version that was in force at its start. An operator may have named
 * one for a session without; that holds as it was at the start, or at the stop where there is no start.
 */
export async function tariffOf(
  database: Database,
  session: Session,
  decision?: CdrChoice,
): Promise<Tariff | undefined> {
  const { operatorId, start, stop, timeZone } = session;
  const decided =
    decision === undefined || decision.kind === 'void' ? undefined : decision.tariffId;
  const tariffId = decided ?? session.tariffId;
  const begun = start?.startedAt ?? (decided === undefined ? undefined : stop?.endedAt);
  const received = start?.receivedAt ?? stop?.receivedAt;
  if (tariffId === undefined || begun === undefined || received === undefined) return undefined;
  // A time that nobody can read gets the first version.
  const moment = tariffMoment(begun, received, timeZone) ?? '';
  return (await readVersionInForce(database, operatorId, tariffId, moment))?.tariff;
}
