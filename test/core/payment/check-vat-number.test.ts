import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkVatNumber } from '../../../core/payment/check-vat-number.ts';

it.each([
  'ATU12345678',
  'BE0123456789',
  'CHE123456789MWST',
  'CHE-123.456.789 MWST',
  'DE123456789',
  'de 123 456 789',
  'EL123456789',
  'GR123456789',
  'ESX1234567X',
  'FRXX123456789',
  'IE1234567WA',
  'NL123456789B01',
  'NO123456789MVA',
  'SE123456789001',
  'XI123456789',
])('%s has the form of a VAT number', (vatNumber) => {
  expect(checkVatNumber(vatNumber)).toBe('well-formed');
});

it.each(['DE12345678', 'DE1234567890', 'DE012345678', 'ATX12345678', 'DE', 'NL123456789X01'])(
  '%s has not the form of a VAT number of its country',
  (vatNumber) => {
    expect(checkVatNumber(vatNumber)).toBe('malformed');
  },
);

it.each(['', 'US123456789', '123456789', 'ÄT12345678', '__proto__'])(
  'nothing can be said of the VAT number %j',
  (vatNumber) => {
    expect(checkVatNumber(vatNumber)).toBe('unknown-country');
  },
);

it('blanks, dots, hyphens and case never matter', () => {
  const filler = fc.constantFrom('', ' ', '.', '-');
  fc.assert(
    fc.property(
      fc.array(filler, { minLength: 11, maxLength: 11 }),
      fc.boolean(),
      (fill, isLower) => {
        const spread = [...'DE123456789']
          .map((one, index) => `${one}${fill[index] ?? ''}`)
          .join('');
        expect(checkVatNumber(isLower ? spread.toLowerCase() : spread)).toBe('well-formed');
      },
    ),
  );
});
