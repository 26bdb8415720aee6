import type { Session } from '../../core/session/session.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { tariffMoment } from '../../core/tariff/tariff-in-force.ts';
import type { Database } from '../store/client.ts';
import { readVersionInForce } from '../store/tariffs.ts';

/** Finds the tariff that holds for a session: the version that was in force at its start. */
export async function tariffOf(database: Database, session: Session): Promise<Tariff | undefined> {
  const { tariffId, operatorId, start } = session;
  if (tariffId === undefined || start === undefined) return undefined;
  // A start whose time nobody can read gets the first version.
  const moment = tariffMoment(start.startedAt, start.receivedAt) ?? '';
  return (await readVersionInForce(database, operatorId, tariffId, moment))?.tariff;
}
