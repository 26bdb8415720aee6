import { describe, expect, it } from 'vitest';
import { allTranslators } from '../../../../core/ocpi/partner/all-translators.ts';
import { partnerTariff } from '../../../../core/ocpi/publish/partner-tariff.ts';
import type { Tariff } from '../../../../core/tariff/model/tariff.ts';

const party = { countryCode: 'DE', partyId: 'OUR' };
const changedAt = '2026-04-14T17:00:00.000Z';

const tariff: Tariff = {
  tariffId: 'tar_1',
  version: 1,
  name: 'Street',
  currency: 'EUR',
  elements: [
    {
      priceComponents: [{ type: 'ENERGY', price: '0.49', vat: '19', stepSize: 1 }],
      restrictions: { startTime: '08:00', endTime: '20:00', dayOfWeek: ['MONDAY'] },
    },
    { priceComponents: [{ type: 'FLAT', price: '1', stepSize: 1 }] },
  ],
  rounding: { mode: 'half-up', scope: 'total' },
};

describe('a tariff of ours for partners', () => {
  it.each(['2.1.1', '2.2.1', '2.3.0'] as const)(
    'a tariff of energy, hours and a fee is said in OCPI %s',
    (version) => {
      const shown = partnerTariff(party, tariff, changedAt);
      if (shown.kind !== 'tariff') throw new Error(shown.reason);
      const pair = allTranslators[version].tariff;
      const written = pair?.to(shown.tariff, { owner: party });
      if (written?.kind !== 'translated') throw new Error('not translated');
      const read = pair?.from(written.object, { owner: party });

      expect(read).toMatchObject({
        kind: 'received',
        value: {
          id: 'tar_1',
          elements: [
            {
              priceComponents: [{ type: 'ENERGY', price: '0.49' }],
              restrictions: { startTime: '08:00', endTime: '20:00', dayOfWeek: ['MONDAY'] },
            },
            { priceComponents: [{ type: 'FLAT', price: '1' }] },
          ],
        },
      });
    },
  );

  it.each([
    ['idleGraceMinutes', { idleGraceMinutes: 10 }],
    ['idleCapMinutes', { idleCapMinutes: 240 }],
  ])('a tariff with %s is not shown, since its price would be another one', (name, term) => {
    expect(partnerTariff(party, { ...tariff, ...term }, changedAt)).toEqual({
      kind: 'impossible',
      reason: `OCPI has no field for ${name}.`,
    });
  });
});
