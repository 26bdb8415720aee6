import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepMessage } from '../../../lambdas/ocpp/evidence/keep-message.ts';
import { at, type Body, codesOf, meterValues } from '../plant.ts';
import { expectValid, openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: 0.5 },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

describe('the evidence of a session', () => {
  const data = (minute: number, wh: number) => [
    { timestamp: at(minute), sampledValue: [{ value: String(wh), unit: 'Wh' }] },
  ];

  it('a CDR includes the readings of its stop if that arrived over two connections at once', async () => {
    const sender = await site.heardAt(0);
    const { transactionId } = await sender.call(
      'StartTransaction',
      start({ meterStart: undefined }),
    );
    const transactionData = [...data(1, 1000), ...data(30, 9000)];
    const body = stop(transactionId, { meterStop: undefined, transactionData });
    const [early, late] = [await site.heardAt(61), await site.heardAt(62)];
    // The later one keeps the message, the earlier one ends the session.
    await late.call('MeterValues', meterValues(at(0), 1000, 99));
    const raw = JSON.stringify(body);
    const message = { kind: 'stop', evseId: 0, connectorId: 0, timestamp: at(60), raw } as const;
    await keepMessage(late.step, message, String(transactionId));
    await early.call('StopTransaction', body);
    await site.settle();

    const [session] = await site.sessions();
    expect(await site.countedOf(session)).toHaveLength(1);
    expect(codesOf(await site.cdrOf(session))).not.toContain('NO_METER_DATA');
  });

  it('the evidence of a sealed CDR never changes, whatever arrives later', async () => {
    const { transactionId } = await (await site.heardAt(0)).call('StartTransaction', start());
    const late = await site.heardAt(70);
    await (await site.heardAt(65)).call(
      'MeterValues',
      meterValues(at(20), 4000, Number(transactionId)),
    );
    await late.call('StopTransaction', stop(transactionId));
    await site.settle();
    const [session] = await site.sessions();
    const cdr = await site.cdrOf(session);
    expect(cdr['state']).toBe('sealed');

    // The same stop over a slower connection, one that differs, and a reading that took its time.
    await (await site.heardAt(61)).call('StopTransaction', stop(transactionId));
    await (await site.heardAt(60)).call('StopTransaction', stop(transactionId, { meterStop: 7 }));
    await (await site.heardAt(69)).call(
      'MeterValues',
      meterValues(at(30), 5000, Number(transactionId)),
    );
    await site.settle();

    expect(await site.cdrOf(session)).toEqual(cdr);
    await expectValid(site, await site.cdrOf(session));
    expect((await site.sessions())[0]).toMatchObject({ endedAt: at(60), energyKwh: 10 });
    expect(codesOf((await site.sessions())[0])).toEqual(['LATE_STOP', 'SECOND_STOP']);
  });

  it('a second stop with another register holds the CDR, until a person decides', async () => {
    const charger = await site.heardAt(61);
    const { transactionId } = await charger.call('StartTransaction', start({ meterStart: 1000 }));
    const lost = stop(transactionId, { meterStop: 1000, reason: 'PowerLoss' });
    await charger.call('StopTransaction', lost);
    await (await site.heardAt(62)).call('StopTransaction', stop(transactionId));
    await site.settle();

    const cdr = await site.cdrOf((await site.sessions())[0]);
    expect(cdr['state']).toBe('held');
    expect(codesOf(cdr)).toContain('STOPS_CONTRADICT');
    const candidates = cdr['candidates'] as readonly Body[];
    expect(candidates.map(({ energyKwh }) => energyKwh)).toEqual(expect.arrayContaining([0, 10]));
    const decision = { decision: 'setEnergy', energyKwh: 10, reason: 'The second stop is right.' };
    await site.call('POST', `/cdrs/${cdr['cdrId']}/resolve`, decision);
    await site.settle();
    const sealed = await site.cdrOf((await site.sessions())[0]);
    expect(sealed).toMatchObject({ state: 'sealed', energyKwh: 10 });
    await expectValid(site, sealed);
  });

  it('a second stop with another register is shown to a person where the CDR was held for something else', async () => {
    const charger = await site.heardAt(61);
    const { transactionId } = await charger.call(
      'StartTransaction',
      start({ meterStart: undefined }),
    );
    await charger.call('StopTransaction', stop(transactionId));
    await site.settle();
    expect((await site.cdrOf((await site.sessions())[0]))['state']).toBe('held');
    await (await site.heardAt(62)).call(
      'StopTransaction',
      stop(transactionId, { meterStop: 30_000 }),
    );
    await site.settle();

    const cdr = await site.cdrOf((await site.sessions())[0]);
    expect(codesOf(cdr)).toContain('STOPS_CONTRADICT');
  });

  it('the evidence of a CDR is the same whether a second stop came before or after the seal', async () => {
    const seal = async (between: boolean): Promise<Body> => {
      const connectorId = between ? 1 : 2;
      const charger = await site.heardAt(61);
      const begun = await charger.call('StartTransaction', start({ connectorId }));
      const { transactionId } = begun;
      await charger.call('StopTransaction', stop(transactionId));
      if (!between) await site.settle();
      const second = await site.heardAt(62);
      const transactionData = data(30, 5000);
      const body = stop(transactionId, { timestamp: at(62), meterStop: 11_050, transactionData });
      await second.call('StopTransaction', body);
      await second.send(`[2,"u","MeterValues",{"transactionId":${transactionId},"meterValue":[{`);
      await site.settle();
      const all = await site.sessions();
      return await site.cdrOf(all.find((one) => one['transactionId'] === String(transactionId)));
    };
    const [before, after] = [await seal(true), await seal(false)];

    expect(before['state']).toBe('sealed');
    expect(before['anomalies']).toEqual(after['anomalies']);
    const [facts, same] = [before, after].map((cdr) => cdr['evidence'] as Body);
    expect(facts?.['readings']).toEqual(same?.['readings']);
    expect(Object.keys(facts?.['session'] as Body)).toEqual(Object.keys(same?.['session'] as Body));
  });
});
