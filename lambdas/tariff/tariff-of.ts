import type { Session } from '../../core/session/session.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { tariffInForce } from '../../core/tariff/tariff-in-force.ts';
import type { Database } from '../store/client.ts';
import { readTariffVersions } from '../store/tariffs.ts';

/** Finds the tariff that holds for a session: the version that was in force at its start. */
export async function tariffOf(database: Database, session: Session): Promise<Tariff | undefined> {
  const { tariffId, operatorId, start } = session;
  if (tariffId === undefined || start === undefined) return undefined;
  const versions = await readTariffVersions(database, operatorId, tariffId);
  return tariffInForce(versions, start.startedAt, start.receivedAt)?.tariff;
}
