import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepMessage } from '../../../lambdas/ocpp/evidence/keep-message.ts';
import { startSession } from '../../../lambdas/ocpp/session/start-session.ts';
import { stopSession } from '../../../lambdas/ocpp/session/stop-session.ts';
import { at, codesOf, meterValues } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'TAG2' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50', idlePerMinute: '0.10' },
  });
});

afterAll(async () => {
  await site.close();
});

/** Charges on connector 1 of an EVSE for an hour; readings name no transaction, as those of a main loop do. */
async function charge(
  site: TestSite,
  {
    evseId,
    tokenId,
    wh,
    idleFrom,
  }: { evseId: number; tokenId: string; wh: number; idleFrom: number },
) {
  const { step } = await site.plugIn();
  const connector = { evseId, connectorId: 1 };
  const meterStart = evseId * 100_000;
  const started = { ...connector, tokenId, meterStart, timestamp: at(0), raw: '{}' };
  const begun = await startSession(step, { ...started, kind: 'sessionStarted' });
  const report = async (minute: number, status: string) => {
    const payload = { connectorId: 1, errorCode: 'NoError', status, timestamp: at(minute) };
    const message = { ...connector, kind: 'status', timestamp: at(minute) } as const;
    await keepMessage(step, { ...message, raw: JSON.stringify(payload) }, undefined);
  };
  await report(0, 'Charging');
  for (const minute of [15, idleFrom]) {
    const raw = JSON.stringify(meterValues(at(minute), meterStart + (wh * minute) / idleFrom));
    const message = { ...connector, kind: 'meter', timestamp: at(minute), raw } as const;
    await keepMessage(step, message, undefined);
  }
  await report(idleFrom, 'SuspendedEV');
  return { ...begun, meterStop: meterStart + wh };
}

describe('two EVSEs of one charger, each with a connector 1', () => {
  it('two EVSEs with a connector 1 each get their own CDR, readings, states and tokens, and neither ends the other', async () => {
    await site.register({ maxPowerKw: 22 });
    const { step } = await site.plugIn();
    const first = await charge(site, { evseId: 1, tokenId: 'TAG1', wh: 6_000, idleFrom: 50 });
    const second = await charge(site, { evseId: 2, tokenId: 'TAG2', wh: 12_000, idleFrom: 40 });
    await site.settle();

    expect(await site.sessions()).toMatchObject([
      { evseId: expect.any(Number), connectorId: 1, state: 'active' },
      { evseId: expect.any(Number), connectorId: 1, state: 'active' },
    ]);
    const running = await site.sessions();
    expect(new Map(running.map(({ evseId, energyKwh }) => [evseId, energyKwh]))).toEqual(
      new Map([
        [1, 6],
        [2, 12],
      ]),
    );

    for (const { answer, meterStop } of [first, second]) {
      const { transactionId } = answer;
      const stop = { transactionId, meterStop, timestamp: at(60), reason: 'Local' };
      await stopSession(step, {
        ...stop,
        kind: 'sessionStopped',
        raw: JSON.stringify({ ...stop, transactionId: Number(transactionId) }),
      });
    }
    await site.settle();

    const cdrs = [await site.cdrOf(first), await site.cdrOf(second)];
    expect(cdrs).toMatchObject([
      {
        evseId: 1,
        connectorId: 1,
        tokenId: 'TAG1',
        state: 'sealed',
        energyKwh: 6,
        idleSeconds: 600,
      },
      {
        evseId: 2,
        connectorId: 1,
        tokenId: 'TAG2',
        state: 'sealed',
        energyKwh: 12,
        idleSeconds: 1200,
      },
    ]);
    expect(cdrs.map(codesOf)).toEqual([[], []]);
  });
});
