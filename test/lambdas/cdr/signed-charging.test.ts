import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../plant.ts';
import { type TestSite, verdictOn } from '../test-site.ts';
import {
  charge,
  openSignedSite,
  publicKey,
  record,
  registerKey,
  sample,
  signedEnds,
  wrapped,
} from './signed-plant.ts';

let site: TestSite;
let strictTariffId: unknown;

beforeAll(async () => {
  site = await openSignedSite();
  const strict = { name: 'AC', currency: 'EUR', perKwh: '0.50', requireSignedValues: true };
  strictTariffId = (await site.call('POST', '/tariffs', strict)).body['tariffId'];
});

afterAll(async () => {
  await site.close();
});

describe('a charger whose meter signs', () => {
  it('a session with signed values is billed by the verified ones, in a CDR that proves them', async () => {
    const charger = await site.register();
    const meterKeyId = await registerKey(site, charger, { connectorId: 1, meterSerial: 'm-1' });
    const cdr = await charge(site, charger, signedEnds());

    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: 7.004,
      meterStart: { wh: 1000, signed: expect.stringMatching(/^OCMF\|.*"RV":"1.000"/) },
      meterStop: { wh: 8004, signed: expect.stringMatching(/^OCMF\|.*"RV":"8.004"/) },
      total: { exclVat: '3.50' },
      evidence: {
        quality: 'signed',
        basis: {
          meterKeys: [
            { meterKeyId, publicKey, connector: { evseId: 1, connectorId: 1 }, meterSerial: 'm-1' },
          ],
        },
        signedPair: { kind: 'pair', energyKwh: 7.004 },
      },
    });
    expect(codesOf(cdr)).toEqual([]);
    const verdict = await verdictOn(site, cdr);
    expect(verdict.valid).toBe(true);
    expect(verdict.checks.map(({ outcome }) => outcome)).not.toContain('failed');
    expect(verdict.checks.find(({ check }) => check === 'signed')?.message).toContain('2 valid');
  });

  it('one forged digit holds the CDR', async () => {
    const charger = await site.register();
    await registerKey(site, charger);
    const { begin } = signedEnds();
    const forged = record('E', '11:00', '8.004').replace('8.004', '9.004');
    const cdr = await charge(site, charger, {
      begin,
      end: sample(wrapped(forged), 'Transaction.End'),
    });

    expect(cdr).toMatchObject({ state: 'held', energyKwh: 7, total: null, seal: null });
    expect(codesOf(cdr)).toEqual(['SIGNED_INVALID', 'SIGNED_NO_PAIR']);
    expect((await verdictOn(site, cdr)).verdict).toBe('not sealed');
  });

  it('a session with signed values is billed as usual if no key of its meter is registered', async () => {
    const cdr = await charge(site, await site.register(), signedEnds());

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, evidence: { quality: 'register' } });
    expect(codesOf(cdr)).toEqual(['SIGNED_UNVERIFIED']);
    expect(cdr['evidence']).not.toHaveProperty('basis.meterKeys');
  });

  it('a session is billed by its signed values even if they are not labelled as signed', async () => {
    const charger = await site.register();
    await registerKey(site, charger);
    const begin = sample(record('B', '10:00', '1.000'), 'Transaction.Begin', {});
    const hex = Buffer.from(record('E', '11:00', '8.004')).toString('hex');
    const cdr = await charge(site, charger, { begin, end: sample(hex, 'Sample.Periodic', {}) });

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7.004, anomalies: [] });
  });
});

describe('a tariff that requires signed values', () => {
  it('a tariff that requires signed values bills them', async () => {
    const charger = await site.register({ tariffId: strictTariffId });
    await registerKey(site, charger);

    expect(await charge(site, charger, signedEnds())).toMatchObject({
      state: 'sealed',
      total: { exclVat: '3.50' },
    });
  });

  it.each([
    ['none came', {}, true],
    ['their key is unknown', signedEnds(), false],
  ])(
    'a tariff that requires signed values holds the session when %s',
    async (_about, charged, hasKey) => {
      const charger = await site.register({ tariffId: strictTariffId });
      if (hasKey) await registerKey(site, charger);
      const cdr = await charge(site, charger, charged);

      expect(cdr).toMatchObject({ state: 'held', total: null });
      expect(codesOf(cdr)).toContain('SIGNED_REQUIRED');
    },
  );
});
