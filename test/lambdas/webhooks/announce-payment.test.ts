import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { announcePayment } from '../../../lambdas/webhooks/payments/announce-payment.ts';
import { startAttempt } from '../../../lambdas/webhooks/payments/start-attempt.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
  process.env['COMMANDS_QUEUE_URL'] = process.env['CORRECTIONS_QUEUE_URL'];
});
afterAll(async () => {
  steps.stop();
  await database.stop();
});

const now = Date.now();

/** An attempt at a charger that is connected with a version; gives the commands that the charger has been sent. */
async function attemptAt(protocol: string) {
  const operator = await newOperator(database);
  const chargerId = 'PAY-1';
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = chargerKeyOf(operator.operatorId, chargerId);
  const connectedAt = new Date(now).toISOString();
  await takeOver(database, chargerKey, { connectionId: `on-${protocol}`, protocol, connectedAt });
  const attempt: Attempt = {
    attemptId: 'payaaaaaaaaaaaaaaaaa',
    operatorId: operator.operatorId,
    chargerKey,
    chargerId,
    evseId: 2,
    connectorId: protocol === 'ocpp1.6' ? 2 : 1,
    currency: 'EUR',
    hold: minorUnits(5_000n),
    mostHold: minorUnits(5_000n),
    createdAt: connectedAt,
    pageUrl: 'https://api.example/pay/x',
    description: 'Charging',
  };
  const commands = async () =>
    (await operator.call('GET', `/chargers/${chargerId}/commands`)).body.items ?? [];
  return { attempt, commands };
}

describe('what a charger is sent about a payment on a phone', () => {
  it('a charger of OCPP 2.1 hears once that its driver pays, and is asked once to start', async () => {
    const { attempt, commands } = await attemptAt('ocpp2.1');
    for (let n = 0; n < 2; n += 1) {
      await announcePayment(database, attempt, now);
      await startAttempt(database, attempt, now + 60_000);
    }

    expect((await commands()).map(({ type, request }) => [type, request])).toEqual([
      ['start', expect.objectContaining({ tokenId: attempt.attemptId })],
      [
        'notify-web-payment-started',
        expect.objectContaining({ fields: { evseId: 2, timeout: 300 } }),
      ],
    ]);
  });

  it.each(['ocpp1.6', 'ocpp2.0.1'])(
    'one of %s, which has no word for it, is asked to start alone',
    async (protocol) => {
      const { attempt, commands } = await attemptAt(protocol);
      await announcePayment(database, attempt, now);
      await startAttempt(database, attempt, now);

      expect((await commands()).map(({ type }) => type)).toEqual(['start']);
    },
  );
});
