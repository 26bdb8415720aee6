import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentProblem } from '../../../../core/ocpi/document-field.ts';
import { readOcpiTariff } from '../../../../core/ocpi/read-tariff.ts';
import { toOcpiTariff211 } from '../../../../core/ocpi/v211/tariff.ts';
import type { Tariff } from '../../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../../core/tariff/price-session.ts';
import { type Conditions, conditionsOf } from '../../../../core/tariff/rate/conditions.ts';
import { conditionsHold } from '../../../../core/tariff/rate/conditions-hold.ts';
import { rateCardOf, rateFor } from '../../../../core/tariff/rate/rate-card.ts';
import { decimalOf } from '../../../../core/units/decimal.ts';
import { instant } from '../../../../core/units/instant.ts';
import { readJsonLiterals } from '../../../../core/units/json-literals.ts';
import { localTime } from '../../../../core/units/local-time.ts';
import { anyStep, session, someZone, tariffOf } from '../../tariff/arbitraries.ts';

const sent = (tariff: Tariff): Tariff | undefined => {
  const down = toOcpiTariff211(tariff, '2026-01-01T00:00:00Z');
  if (down.kind === 'refused') return undefined;
  const read = readJsonLiterals(JSON.stringify(down.tariff));
  if (read.kind === 'malformed') throw new Error(read.message);
  const problems: DocumentProblem[] = [];
  const back = readOcpiTariff({ path: 'tariff', value: read.value, problems });
  expect(problems).toEqual([]);
  return back;
};

const base: Tariff = {
  tariffId: 't',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.5', vat: '19', stepSize: 1 }] }],
  rounding: { mode: 'half-up', scope: 'total' },
};

describe('a tariff said in OCPI 2.1.1', () => {
  it('prices every session the same without VAT, or is refused', () => {
    fc.assert(
      fc.property(tariffOf(anyStep), session, someZone, (tariff, metered, zone) => {
        const back = sent(tariff);
        if (back === undefined) return;
        expect(priceSession(back, metered, zone).unrounded.exclVat).toBe(
          priceSession(tariff, metered, zone).unrounded.exclVat,
        );
      }),
    );
  });

  it('prices the same for who takes the first element that holds for everything', () => {
    const moment = fc.record({
      at: fc.bigInt({ min: 1_700_000_000n, max: 1_800_000_000n }),
      energy: fc.bigInt({ min: 0n, max: 40_000_000n }),
      elapsed: fc.bigInt({ min: 0n, max: 30_000_000n }),
    });
    fc.assert(
      fc.property(tariffOf(anyStep), moment, someZone, (tariff, { at, energy, elapsed }, zone) => {
        const back = sent(tariff);
        if (back === undefined) return;
        const local = localTime(instant(at * 1000n), zone);
        const situation = { phase: 'session' as const, local, energy, elapsed };
        const holds = (conditions: Conditions) => conditionsHold(conditions, situation);
        const whole = back.elements.find(({ restrictions }) => holds(conditionsOf(restrictions)));
        const card = rateCardOf(tariff);
        for (const dimension of ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const) {
          const theirs = whole?.priceComponents.find(({ type }) => type === dimension)?.price;
          const ours = rateFor(card, dimension, situation)?.price;
          expect(theirs === undefined ? undefined : decimalOf(theirs, 6)).toBe(ours);
        }
      }),
    );
  });

  it.each<[string, Partial<Tariff>]>([
    ['a minimum price', { minPrice: { exclVat: '1' } }],
    ['a maximum price', { maxPrice: { exclVat: '1' } }],
    ['prices that include tax', { taxIncluded: true }],
    ['a grace', { idleGraceMinutes: 10 }],
    ['a cap', { idleCapMinutes: 10 }],
    ['a type that some sessions alone have', { type: 'PROFILE_CHEAP' }],
    [
      'currents',
      {
        elements: [
          { ...base.elements[0], priceComponents: [], restrictions: { maxCurrent: '16' } },
        ],
      },
    ],
    [
      'reservations',
      { elements: [{ priceComponents: [], restrictions: { reservation: 'RESERVATION' } }] },
    ],
    [
      'dimensions restricted each by itself',
      {
        elements: [
          {
            priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 1 }],
            restrictions: { endTime: '12:00' },
          },
          {
            priceComponents: [{ type: 'TIME', price: '1', stepSize: 1 }],
            restrictions: { endTime: '13:00' },
          },
        ],
      },
    ],
  ])('is refused with %s', (_words, stated) => {
    const down = toOcpiTariff211({ ...base, ...stated }, '2026-01-01T00:00:00Z');
    expect(down).toEqual({
      kind: 'refused',
      reasons: [expect.stringMatching(/^(In )?OCPI .+\.$/)],
    });
  });

  it('is refused for what an idle minute is spared, not for sparing none', () => {
    expect(sent({ ...base, idleGraceMinutes: 0 })).toBeDefined();
    expect(sent({ ...base, idleGraceMinutes: 1 })).toBeUndefined();
  });

  it('looks like one', () => {
    const tariff: Tariff = {
      ...base,
      type: 'REGULAR',
      altUrl: 'https://example.com/t',
      altTexts: [{ language: 'en', text: 'Half a euro' }],
      elements: [
        {
          priceComponents: [{ type: 'ENERGY', price: '0.25', vat: '19', stepSize: 1 }],
          restrictions: {
            startTime: '22:00',
            endTime: '06:00',
            maxKwh: '10',
            dayOfWeek: ['MONDAY'],
            minDuration: 60,
          },
        },
        { priceComponents: [{ type: 'FLAT', price: '1.5', stepSize: 0 }] },
      ],
    };
    expect(toOcpiTariff211(tariff, '2026-01-01T00:00:00Z')).toEqual({
      kind: 'tariff',
      tariff: {
        id: 't',
        currency: 'EUR',
        tariff_alt_text: [{ language: 'en', text: 'Half a euro' }],
        tariff_alt_url: 'https://example.com/t',
        elements: [
          {
            price_components: [
              { type: 'ENERGY', price: 0.25, step_size: 1 },
              { type: 'FLAT', price: 1.5, step_size: 0 },
            ],
            restrictions: {
              start_time: '22:00',
              end_time: '06:00',
              max_kwh: 10,
              min_duration: 60,
              day_of_week: ['MONDAY'],
            },
          },
          { price_components: [{ type: 'FLAT', price: 1.5, step_size: 0 }] },
        ],
        last_updated: '2026-01-01T00:00:00Z',
      },
    });
  });
});
