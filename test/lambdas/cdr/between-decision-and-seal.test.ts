import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import { firstTransactionId } from '../../core/ocpp/received-event.ts';
import { at, cdrHelpers, codesOf } from '../plant.ts';
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

describe('what arrives of a session between the decision and the seal', () => {
  it('another stop between decision and seal leaves the decided one unchanged and is reported', async () => {
    const { cdrId, sessionId, transactionId } = await superseded(site);
    await resolve(site, cdrId, { decision: 'accept' });

    const charger = await site.plugIn();
    await charger.call('StopTransaction', { transactionId, timestamp: at(45), meterStop: 12_000 });
    await site.settle();

    const sealed = await cdrOf(site, sessionId);
    expect(sealed).toMatchObject({ energyKwh: 8, endedAt: at(30) });
    expect(codesOf(sealed)).not.toContain('SECOND_STOP');
    const [session] = (await site.sessions()).filter((one) => one['sessionId'] === sessionId);
    expect(session).toMatchObject({ stopReason: 'Superseded' });
    expect(codesOf(session)).toEqual(expect.arrayContaining(['SECOND_STOP', 'SESSION_SUPERSEDED']));
    await expectValid(site, sealed);
  });

  it('a start between decision and seal does not enter a CDR that was decided without it', async () => {
    const charger = await site.plugIn();
    const id = firstTransactionId(site.chargerKey, start());
    await charger.call('StopTransaction', {
      transactionId: id,
      timestamp: at(60),
      meterStop: 5000,
    });
    await site.settle();
    const [orphan] = await site.sessions();
    const decision = { decision: 'setEnergy', energyKwh: 2, reason: 'Agreed.' };
    expect((await resolve(site, orphan?.['cdrId'], decision)).status).toBe(202);

    expect(await charger.call('StartTransaction', start())).toMatchObject({ transactionId: id });
    await site.settle();

    const [session] = await site.sessions();
    expect(session).toMatchObject({ startedAt: null, energyKwh: 2 });
    expect(codesOf(session)).toEqual(expect.arrayContaining(['LATE_START', 'STOP_WITHOUT_START']));
    const sealed = await cdrOf(site, session?.['sessionId']);
    expect(codesOf(sealed)).not.toContain('LATE_START');
    await expectValid(site, sealed);
  });

  it('an operator cannot decide on a change that nobody has seen yet', async () => {
    const { cdrId, sessionId, transactionId } = await superseded(site);
    const charger = await site.plugIn();
    await charger.call('StopTransaction', { transactionId, timestamp: at(45), meterStop: 12_000 });

    const answer = await resolve(site, cdrId, { decision: 'void', reason: 'It never ended.' });
    expect(answer.code).toBe('CDR_CHANGED');
    await site.settle();

    expect(await cdrOf(site, sessionId)).toMatchObject({ state: 'sealed', energyKwh: 11 });
  });

  it('a decided CDR is sealed the same, whenever and however often it is made', async () => {
    const { cdrId, sessionId } = await superseded(site);
    await resolve(site, cdrId, { decision: 'accept' });

    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => makeCdr(site.database, cdrHelpers, sessionId)),
    );

    expect(outcomes.filter((outcome) => outcome === 'sealed')).toHaveLength(1);
    const once = await cdrOf(site, sessionId);
    await site.settle();
    expect(await cdrOf(site, sessionId)).toEqual(once);
  });
});
