import { describe, expect, it } from 'vitest';
import type { DocumentProblem } from '../../../core/ocpi/document-field.ts';
import { readOcpiTariff } from '../../../core/ocpi/read-tariff.ts';
import { readJsonLiterals } from '../../../core/units/json-literals.ts';

const read = (document: object) => {
  const literals = readJsonLiterals(JSON.stringify(document));
  if (literals.kind === 'malformed') throw new Error(literals.message);
  const problems: DocumentProblem[] = [];
  const tariff = readOcpiTariff({ path: 'tariff', value: literals.value, problems });
  return { tariff, problems: problems.map(({ path }) => path) };
};

const bare = {
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.3 }] }],
};

describe('readOcpiTariff', () => {
  it('readOcpiTariff adds nothing that the tariff does not state, except a step size of 1', () => {
    expect(read(bare)).toEqual({
      problems: [],
      tariff: {
        tariffId: 'T1',
        version: 1,
        name: 'T1',
        currency: 'EUR',
        elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.3', stepSize: 1 }] }],
        rounding: { mode: 'half-up', scope: 'total' },
      },
    });
  });

  it('readOcpiTariff keeps type, texts, URL and validity', () => {
    const { tariff, problems } = read({
      ...bare,
      type: 'PROFILE_GREEN',
      tariff_alt_text: [{ language: 'nl', text: 'Dertig cent' }],
      tariff_alt_url: 'https://example.com/t1',
      start_date_time: '2026-01-01T00:00:00Z',
      end_date_time: '2027-01-01T00:00:00+01:00',
    });

    expect(problems).toEqual([]);
    expect(tariff).toMatchObject({
      type: 'PROFILE_GREEN',
      altTexts: [{ language: 'nl', text: 'Dertig cent' }],
      altUrl: 'https://example.com/t1',
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2026-12-31T23:00:00.000Z',
    });
  });

  it('readOcpiTariff reads every OCPI restriction', () => {
    const { tariff, problems } = read({
      ...bare,
      elements: [
        {
          ...bare.elements[0],
          restrictions: {
            start_time: '08:00',
            end_time: '18:30',
            start_date: '2026-01-01',
            end_date: '2026-12-31',
            min_kwh: 1,
            max_kwh: 20.5,
            min_current: 6,
            max_current: 16,
            min_power: 1.4,
            max_power: 11,
            min_duration: 60,
            max_duration: 3600,
            day_of_week: ['MONDAY', 'SUNDAY'],
            reservation: 'RESERVATION',
          },
        },
      ],
    });

    expect(problems).toEqual([]);
    expect(tariff.elements[0]?.restrictions).toEqual({
      startTime: '08:00',
      endTime: '18:30',
      startDate: '2026-01-01',
      endDate: '2026-12-31',
      minKwh: '1',
      maxKwh: '20.5',
      minCurrent: '6',
      maxCurrent: '16',
      minPower: '1.4',
      maxPower: '11',
      minDuration: 60,
      maxDuration: 3600,
      dayOfWeek: ['MONDAY', 'SUNDAY'],
      reservation: 'RESERVATION',
    });
  });

  it.each<[string, object, string]>([
    ...[-5, -100].map((vat): [string, object, string] => [
      `VAT of ${vat} percent`,
      { tax_included: 'YES', elements: [{ price_components: [{ type: 'FLAT', price: 1, vat }] }] },
      'tariff.elements[0].price_components[0].vat',
    ]),
    [
      'an alternative text without a language',
      { tariff_alt_text: [{ text: 'T' }] },
      'tariff.tariff_alt_text[0].language',
    ],
    [
      'an alternative text that is a number',
      { tariff_alt_text: [{ language: 'en', text: 7 }] },
      'tariff.tariff_alt_text[0].text',
    ],
    ['a URL that is not text', { tariff_alt_url: {} }, 'tariff.tariff_alt_url'],
    ['a type that is not text', { type: 1 }, 'tariff.type'],
    ['an invalid start time', { start_date_time: 'soon' }, 'tariff.start_date_time'],
    ['an invalid end time', { end_date_time: '2026-02-30T00:00:00Z' }, 'tariff.end_date_time'],
  ])('readOcpiTariff rejects %s', (_words, stated, path) => {
    expect(read({ ...bare, ...stated }).problems).toEqual([path]);
  });
});
