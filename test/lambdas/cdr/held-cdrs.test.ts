import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, codesOf, meterValues } from '../plant.ts';
import { expectValid, start, type TestSite } from '../test-site.ts';
import { cdrOf, openHeldSite, resolve, superseded } from './held-plant.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openHeldSite();
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

describe('the queue of held CDRs', () => {
  it('accepting a held CDR seals it as measured, with the decision and all anomalies in it', async () => {
    const { cdrId, sessionId } = await superseded(site);
    const held = await cdrOf(site, sessionId);
    expect(held).toMatchObject({ state: 'held', total: null, energyKwh: 8 });

    const answer = await resolve(site, cdrId, { decision: 'accept', reason: 'The driver agrees.' });
    expect(answer).toMatchObject({
      status: 202,
      body: { cdrId, sessionId, decision: 'accept', reason: 'The driver agrees.' },
    });
    await site.settle();

    const sealed = await cdrOf(site, sessionId);
    expect(sealed).toMatchObject({
      state: 'sealed',
      cdrId,
      energyKwh: 8,
      total: { currency: 'EUR', exclVat: '5.00' },
      anomalies: held.anomalies,
      seal: { sequence: 1 },
      evidence: {
        basis: {
          decision: {
            kind: 'accept',
            decidedBy: { apiKeyId: expect.any(String), name: 'First administrator' },
          },
        },
      },
    });
    await expectValid(site, sealed);
    const queue = (await site.call('GET', '/cdrs?state=held&limit=100')).body.items ?? [];
    expect(queue.map((one) => one['cdrId'])).not.toContain(cdrId);
    const [shown] = (await site.sessions()).filter((one) => one['sessionId'] === sessionId);
    expect(shown).toMatchObject({ state: 'ended', cost: { exclVat: '5.00' }, cdrId });
  });

  it('setting the energy of a held CDR seals that energy, with its reason', async () => {
    const { cdrId, sessionId } = await superseded(site);

    await resolve(site, cdrId, {
      decision: 'setEnergy',
      energyKwh: 4.25,
      reason: 'Read off the meter.',
    });
    await site.settle();

    const sealed = await cdrOf(site, sessionId);
    expect(sealed).toMatchObject({
      energyKwh: 4.25,
      total: { exclVat: '3.13' },
      evidence: { quality: 'decided' },
    });
    await expectValid(site, sealed);
    expect((await site.sessions()).find((one) => one['sessionId'] === sessionId)).toMatchObject({
      energyKwh: 4.25,
    });
  });

  it('declaring a held session void seals a CDR of zero and lists the session as void', async () => {
    const { cdrId, sessionId } = await superseded(site);

    await resolve(site, cdrId, { decision: 'void', reason: 'A technician tested the charger.' });
    await site.settle();

    const sealed = await cdrOf(site, sessionId);
    expect(sealed).toMatchObject({
      state: 'sealed',
      lines: [],
      total: { currency: 'EUR', exclVat: '0.00', inclVat: '0.00' },
    });
    await expectValid(site, sealed);
    const shown = await site.call('GET', `/sessions/${sessionId}`);
    expect(shown.body).toMatchObject({ state: 'void', cost: { inclVat: '0.00' } });
    const listed = async (state: string) =>
      (await site.call('GET', `/sessions?state=${state}&chargerId=${site.chargerId}`)).body.items;
    expect((await listed('void'))?.map((one) => one['sessionId'])).toEqual([sessionId]);
    expect((await listed('ended'))?.map((one) => one['sessionId'])).not.toContain(sessionId);
  });

  it('a held session without a tariff is billed by the tariff that the operator names, and by no other', async () => {
    await site.register({ tariffId: undefined });
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await site.settle();
    const [session] = await site.sessions();
    const { cdrId, sessionId } = session ?? {};

    expect((await resolve(site, cdrId, { decision: 'accept' })).code).toBe('CDR_NEEDS_TARIFF');
    expect((await resolve(site, cdrId, { decision: 'accept', tariffId: 'tar_none' })).code).toBe(
      'TARIFF_NOT_FOUND',
    );
    expect(
      (await resolve(site, cdrId, { decision: 'accept', tariffId: site.tariffId })).status,
    ).toBe(202);
    await site.settle();

    const sealed = await cdrOf(site, sessionId);
    expect(codesOf(sealed)).toEqual(['NO_TARIFF']);
    expect(sealed).toMatchObject({
      tariff: { tariffId: site.tariffId },
      total: { exclVat: '3.00' },
    });
    await expectValid(site, sealed);
  });

  it('a held session without a tariff is declared void in no currency', async () => {
    await site.register({ tariffId: undefined });
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await site.settle();
    const [session] = await site.sessions();

    await resolve(site, session?.['cdrId'], { decision: 'void', reason: 'Not set up yet.' });
    await site.settle();

    const sealed = await cdrOf(site, session?.['sessionId']);
    expect(sealed.total).toEqual({ currency: 'XXX', exclVat: '0', inclVat: '0' });
    await expectValid(site, sealed);
  });

  it("a stop without a start is billed by the operator's tariff and energy", async () => {
    const charger = await site.plugIn();
    await charger.call('StopTransaction', {
      transactionId: 4711,
      timestamp: at(60),
      meterStop: 5000,
    });
    await site.settle();
    const [session] = await site.sessions();

    await resolve(site, session?.['cdrId'], {
      decision: 'setEnergy',
      energyKwh: '3.5',
      reason: 'From the log of the charger.',
      tariffId: site.tariffId,
    });
    await site.settle();

    const sealed = await cdrOf(site, session?.['sessionId']);
    expect(codesOf(sealed)).toEqual(expect.arrayContaining(['STOP_WITHOUT_START', 'NO_TARIFF']));
    expect(sealed).toMatchObject({ energyKwh: 3.5, total: { exclVat: '2.75' } });
    await expectValid(site, sealed);
  });

  it('a decision may bill energy that was delivered to a token that was not accepted', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start({ idTag: 'BLOCKED' }));
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await site.settle();
    const [session] = await site.sessions();

    await resolve(site, session?.['cdrId'], { decision: 'accept' });
    await site.settle();

    const sealed = await cdrOf(site, session?.['sessionId']);
    expect(sealed).toMatchObject({ state: 'sealed', total: { exclVat: '3.00' } });
    await expectValid(site, sealed);
  });

  it('a decision includes late readings up to its own time and no further', async () => {
    const { cdrId, sessionId, transactionId } = await superseded(site);
    const charger = await site.plugIn(Date.now() - 5_000);
    await charger.call('MeterValues', meterValues(at(40), 10_000, transactionId));

    await resolve(site, cdrId, { decision: 'accept' });
    const later = await site.plugIn(Date.now() + 5_000);
    await later.call('MeterValues', meterValues(at(45), 11_000, transactionId));
    await site.settle();

    const sealed = await cdrOf(site, sessionId);
    expect(sealed).toMatchObject({ meterStop: { wh: 9000 }, evidence: { readings: 2 } });
    await expectValid(site, sealed);
  });
});
