import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginLateSession, byTheHour, settleLate } from '../corrections/late-plant.ts';
import { at, callApi, newOperator } from '../plant.ts';
import { start, type TestSite } from '../test-site.ts';
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

describe('a decision', () => {
  it('a decision is made once: repeating it gets the same answer, a different one is refused', async () => {
    const { cdrId } = await superseded(site);
    const decision = { decision: 'setEnergy', energyKwh: 1, reason: 'Agreed.' };
    const first = await resolve(site, cdrId, decision);

    const answers = async () => [
      await resolve(site, cdrId, { ...decision, energyKwh: '1.0' }),
      await resolve(site, cdrId, { decision: 'void', reason: 'Agreed.' }),
      await resolve(site, cdrId, { ...decision, energyKwh: 2 }),
    ];
    const before = await answers();
    await site.settle();

    expect(before[0]).toEqual(first);
    expect(before.map(({ code }) => code)).toEqual([undefined, 'CDR_RESOLVED', 'CDR_RESOLVED']);
    expect(await answers()).toEqual(before);
  });

  it('of two decisions made at the same moment one succeeds', async () => {
    const { cdrId, sessionId } = await superseded(site);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        resolve(site, cdrId, { decision: 'setEnergy', energyKwh: n, reason: 'Agreed.' }),
      ),
    );
    await site.settle();

    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(1);
    expect((await cdrOf(site, sessionId)).energyKwh).toBe(taken[0]?.body['energyKwh']);
  });

  it('a decision is only accepted for a held CDR', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    const [running] = await site.sessions();
    const cdrId = String(running?.['sessionId']).replace('ses_', 'cdr_');
    const accept = { decision: 'accept' };

    expect((await resolve(site, cdrId, accept)).code).toBe('CDR_NOT_FOUND');
    expect((await resolve(site, 'cdr_none', accept)).code).toBe('CDR_NOT_FOUND');
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await site.settle();
    expect((await resolve(site, cdrId, accept)).code).toBe('CDR_NOT_HELD');
  });

  it('a decision about a CDR that was sealed, credited and replaced is refused', async () => {
    const hourly = (await site.call('POST', '/tariffs', byTheHour)).body['tariffId'];
    const session = await beginLateSession(site.database, site.operator, hourly);
    await session.stop();
    await settleLate(site.database, session);
    await session.read(60, 8000);
    await settleLate(site.database, session);
    const accept = { decision: 'accept' };
    const codeFor = async (suffix: string) =>
      (await resolve(site, `${session.cdrId}${suffix}`, accept)).code;

    for (const suffix of ['', '-C', '-2']) expect(await codeFor(suffix)).toBe('CDR_NOT_HELD');
    for (const suffix of ['-2-C', '-3']) expect(await codeFor(suffix)).toBe('CDR_NOT_FOUND');
  });

  it('a decision of another operator, or with a read-only key, is refused', async () => {
    const { cdrId } = await superseded(site);
    const other = await newOperator(site.database, 'Other');
    const accept = { decision: 'accept' };

    const path = `/cdrs/${cdrId}/resolve`;
    const keyWith = async (scope: string) => {
      const made = await site.call('POST', '/api-keys', { name: 'Clerk', scopes: [scope] });
      return `Bearer ${made.body['apiKey']}`;
    };

    expect((await other.call('POST', path, accept)).code).toBe('CDR_NOT_FOUND');
    const reader = await keyWith('cdrs:read');
    expect((await callApi(site.database, reader, 'POST', path, accept)).code).toBe('SCOPE_MISSING');
    const clerk = await keyWith('cdrs:write');
    expect(await callApi(site.database, clerk, 'POST', path, accept)).toMatchObject({
      status: 202,
      body: { decidedBy: { name: 'Clerk' } },
    });
  });

  it.each([
    [{}],
    [{ decision: 'forget' }],
    [{ decision: 'setEnergy', energyKwh: 1 }],
    [{ decision: 'setEnergy', energyKwh: -1, reason: 'a' }],
    [{ decision: 'setEnergy', energyKwh: 0.0000001, reason: 'a' }],
    [{ decision: 'setEnergy', energyKwh: 100_001, reason: 'a' }],
    [{ decision: 'setEnergy', reason: 'a' }],
    [{ decision: 'void' }],
    [{ decision: 'void', reason: '  ' }],
    [{ decision: 'accept', energyKwh: 1 }],
  ])('a decision is refused if it is malformed: %j', async (body) => {
    expect((await resolve(site, 'cdr_any', body)).code).toBe('INVALID_REQUEST');
  });

  it('a decision cannot name another tariff than that of the session', async () => {
    const { cdrId } = await superseded(site);

    expect((await resolve(site, cdrId, { decision: 'accept', tariffId: site.tariffId })).code).toBe(
      'CDR_HAS_TARIFF',
    );
  });
});
