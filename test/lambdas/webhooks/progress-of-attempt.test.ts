import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import { progressOfAttempt } from '../../../lambdas/webhooks/payments/progress-of-attempt.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({ tokens: [], tariff: { name: 'S', currency: 'EUR', perKwh: '0.5' } });
  const connectors = [{ connectorId: 1 }, { connectorId: 2 }];
  await site.register({
    maxPowerKw: 300,
    evses: [
      { evseId: 1, connectors },
      { evseId: 2, connectors },
    ],
  });
});
afterAll(async () => {
  await site.close();
});

const attemptOf = (attemptId: string): Attempt => ({
  attemptId,
  operatorId: site.operator.operatorId,
  chargerKey: site.chargerKey,
  chargerId: site.chargerId,
  evseId: 1,
  connectorId: 1,
  currency: 'EUR',
  hold: minorUnits(5_000n),
  mostHold: minorUnits(5_000n),
  createdAt: new Date().toISOString(),
  pageUrl: '',
  description: '',
});

it.each([
  ['the connector of the page', { id: 1, connectorId: 1 }, 'active'],
  ['another connector of its EVSE', { id: 1, connectorId: 2 }, 'active'],
  ['the EVSE alone', { id: 1 }, 'active'],
  ['another EVSE', { id: 2, connectorId: 1 }, 'none'],
])('a driver who paid and charges at %s is found there or nowhere', async (where, evse, state) => {
  const now = Date.now() - 60_000;
  const attemptId = `pay${where.replaceAll(/[^a-z]/g, '').slice(0, 17)}`;
  await site.call('POST', '/tokens', { tokenId: attemptId });
  const charger = await site.plugIn(now, 'ocpp2.0.1');
  const event = (eventType: 'Started' | 'Ended', seqNo: number, more: object) => ({
    eventType,
    timestamp: new Date(now).toISOString(),
    triggerReason: 'RemoteStart',
    seqNo,
    transactionInfo: { transactionId: attemptId },
    ...more,
  });
  await charger.call(
    'TransactionEvent',
    event('Started', 0, { evse, idToken: { idToken: attemptId, type: 'Central' } }),
  );

  expect(await progressOfAttempt(site.database, attemptOf(attemptId))).toMatchObject({
    session: state,
  });
  await charger.call('TransactionEvent', event('Ended', 1, { evse }));
});
