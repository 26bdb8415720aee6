import type { TestDatabase } from '../../contracts/engines.ts';
import { beginLateSession, byTheHour, settleLate } from '../corrections/late-plant.ts';
import { oneOfEverything } from '../one-of-everything.ts';
import { at, type Body, meterValues, newOperator, plugIn, settle, testKey } from '../plant.ts';
import { push, pushedHours } from '../push/push-client.ts';
import type { ReleaseGuide } from './release-data.ts';

/**
 * Charges as a small operator does and leaves behind what a release may find: one thing of everything, a chain with a
 * correction, a held CDR, pushed sessions, a session that ended a moment ago, and one that runs.
 */
export async function makeReleaseData(database: TestDatabase): Promise<ReleaseGuide> {
  const operator = await newOperator(database, 'Of a release');
  const { call } = operator;
  const { apiKey: _secret, ...ids } = await oneOfEverything(database, operator);
  await call('PUT', '/settings/admission', {
    approveNewChargers: false,
    waitingRoom: { places: 3 },
  });
  const { tariffId } = (await call('POST', '/tariffs', byTheHour)).body;
  await call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc' });

  const late = await beginLateSession(database, operator, tariffId, 'CORRECTED');
  await late.stop();
  await settleLate(database, late);
  await late.read(60, 8000);
  await settleLate(database, late);

  const pushing = { name: 'Pushes', scopes: ['sessions:push'], tariffId };
  const { apiKey } = (await call('POST', '/api-keys', pushing)).body;
  await push(database, String(apiKey), { sessions: pushedHours(2) });
  await call('POST', '/chargers', { chargerId: 'RUNNING', tariffId, maxPowerKw: 22 });
  const charger = await plugIn(database, 'running');
  const start = async (minute: number, meterStart: number): Promise<number> => {
    const payload = { connectorId: 1, idTag: 'TAG1', timestamp: at(minute), meterStart };
    return Number((await charger.call('StartTransaction', payload))['transactionId']);
  };
  const first = await start(0, 0);
  await charger.call('StopTransaction', {
    transactionId: first,
    timestamp: at(30),
    meterStop: 5000,
  });
  await settle(database);
  const second = await start(60, 5000);
  await charger.call('MeterValues', meterValues(at(75), 8000, second));
  // Another start takes over, so that the CDR of this one is held.
  const third = await start(90, 9000);
  await charger.call('MeterValues', meterValues(at(100), 10_000, third));
  await settle(database);
  await charger.call('StopTransaction', {
    transactionId: third,
    timestamp: at(120),
    meterStop: 12_000,
  });
  const running = await start(150, 12_000);
  await charger.call('MeterValues', meterValues(at(165), 15_000, running));

  const { items: cdrs = [] } = (await call('GET', '/cdrs?limit=100')).body;
  return {
    operatorId: operator.operatorId,
    ids: { ...ids, correctedChargerId: 'CORRECTED', runningChargerId: 'RUNNING' },
    runningTransactionId: running,
    publicKey: testKey.publicKey,
    totals: Object.fromEntries(cdrs.map((cdr) => [String(cdr['cdrId']), totalOf(cdr)])),
  };
}

const totalOf = (cdr: Body): string =>
  String((cdr['total'] as { readonly inclVat?: string } | null)?.inclVat ?? '');
