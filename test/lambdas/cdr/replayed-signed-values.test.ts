import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../plant.ts';
import { type TestSite, verdictOn } from '../test-site.ts';
import {
  charge,
  openSignedSite,
  record,
  registerKey,
  sample,
  signedEnds,
  unsureEnds,
} from './signed-plant.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSignedSite();
});

afterAll(async () => {
  await site.close();
});

describe('a charger whose meter signs', () => {
  it('signed values of an earlier session hold the CDR, even if no clock reveals them', async () => {
    const charger = await site.register();
    const meterKeyId = await registerKey(site, charger);
    const unsure = unsureEnds();
    const first = await charge(site, charger, unsure);
    const second = await charge(site, charger, {
      ...unsure,
      from: '2026-03-02T12:00:00Z',
      to: '2026-03-02T13:00:00Z',
      fromWh: 8004,
      toWh: 8104,
    });

    expect(first).toMatchObject({ state: 'sealed', energyKwh: 7.004 });
    expect(second).toMatchObject({
      state: 'held',
      energyKwh: 0.1,
      evidence: {
        basis: {
          previousSigned: {
            sessionId: first['sessionId'],
            meterSerial: 'M-1',
            meterKeyId,
            wh: 8004,
          },
        },
        signedPair: { stray: ['REGISTER_BEFORE_PREVIOUS'] },
      },
    });
    expect(codesOf(second)).toContain('SIGNED_OUTSIDE_SESSION');
    expect((await verdictOn(site, second)).verdict).toBe('not sealed');
  });

  it('repeated signed values hold the CDR also after a session without any, and after one held for them', async () => {
    const charger = await site.register();
    await registerKey(site, charger);
    const unsure = unsureEnds();
    const first = await charge(site, charger, unsure);
    const at = (hour: number, wh: number) => ({
      from: `2026-03-02T${hour}:00:00Z`,
      to: `2026-03-02T${hour + 1}:00:00Z`,
      fromWh: wh,
      toWh: wh + 100,
    });
    const between = await charge(site, charger, at(12, 8004));
    const again = [
      await charge(site, charger, { ...unsure, ...at(14, 8104) }),
      await charge(site, charger, { ...unsure, ...at(16, 8204) }),
    ];

    expect(between).toMatchObject({ state: 'sealed', energyKwh: 0.1 });
    for (const cdr of again) {
      expect(cdr).toMatchObject({
        state: 'held',
        evidence: {
          basis: { previousSigned: { sessionId: first['sessionId'], wh: 8004 } },
          signedPair: { stray: ['REGISTER_BEFORE_PREVIOUS'] },
        },
      });
    }
  });

  it('a session is billed again once the key of the replaced meter is registered again', async () => {
    const charger = await site.register();
    const meterKeyId = await registerKey(site, charger);
    await charge(site, charger, signedEnds());
    await site.call('DELETE', `/chargers/${charger}/meter-keys/${meterKeyId}`);
    await registerKey(site, charger, { validFrom: '2026-03-02T11:30:00Z' });
    const cdr = await charge(site, charger, {
      begin: sample(record('B', '12:00', '0.000'), 'Transaction.Begin'),
      end: sample(record('E', '13:00', '0.100'), 'Transaction.End'),
      from: '2026-03-02T12:00:00Z',
      to: '2026-03-02T13:00:00Z',
      fromWh: 8004,
      toWh: 8104,
    });

    expect(cdr).toMatchObject({ state: 'sealed', evidence: { quality: 'signed' } });
  });
});
