import type { CdrChoice } from '../../core/cdr/compute/cdr-decision.ts';
import { paidTariff } from '../../core/session/paid-tariff.ts';
import type { Session } from '../../core/session/session.ts';
import type { Tariff } from '../../core/tariff/model/tariff.ts';
import { tariffMoment } from '../../core/tariff/model/tariff-moment.ts';
import type { Database } from '../store/table/client.ts';
import { versionInForce } from './version-in-force.ts';

/**
 * Finds the tariff that holds for a session: the version that was in force at its start. An operator may have named
 * one for a session without; that holds as it was then too. Of a session whose start is missing, `begunAt` is the start by its
 * readings (ISO 8601); without that its stop counts.
 */
export async function tariffOf(
  database: Database,
  session: Session,
  decision?: CdrChoice,
  begunAt?: string,
): Promise<Tariff | undefined> {
  const { operatorId, start, stop, timeZone } = session;
  const decided =
    decision === undefined || decision.kind === 'void' ? undefined : decision.tariffId;
  const tariffId = decided ?? paidTariff(session);
  const begun = start?.startedAt ?? begunAt ?? stop?.endedAt;
  const received = start?.receivedAt ?? stop?.receivedAt;
  if (tariffId === undefined || begun === undefined || received === undefined) return undefined;
  // A time that nobody can read gets the first version.
  const moment = tariffMoment(begun, received, timeZone) ?? '';
  return (await versionInForce(database, operatorId, tariffId, moment))?.tariff;
}
