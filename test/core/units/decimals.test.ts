import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyDecimals } from '../../../core/units/currency.ts';
import {
  decimalOf,
  formatDecimal,
  parseDecimal,
  roundDecimal,
  scaleDecimal,
  shortDecimal,
} from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { formatKwh, kwhNumber } from '../../../core/units/format-kwh.ts';
import { NumberLiteral, readJsonLiterals } from '../../../core/units/json-literals.ts';
import { ratio, roundRatio, sumRatios } from '../../../core/units/ratio.ts';
import { roundHalfEven, roundHalfUp, roundUpToStep } from '../../../core/units/rounding.ts';
import { shareOut } from '../../../core/units/share-out.ts';

const denominator = fc.bigInt({ min: 1n, max: 10n ** 9n });

describe('decimals', () => {
  it('a decimal is read back as it was written, at any scale', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 20 }), (digits, decimals) => {
        const text = formatDecimal(digits, decimals);
        expect(parseDecimal(text)).toEqual({ digits, decimals });
        expect(decimalOf(shortDecimal(digits, decimals), decimals)).toBe(digits);
      }),
    );
  });

  it.each([
    ['0.25', 25n, 2],
    ['-1.50', -150n, 2],
    ['+7', 7n, 0],
    ['1e3', 1000n, 0],
    ['2.5E-3', 25n, 4],
    ['.5', 5n, 1],
    ['3.', 3n, 0],
    [' 12 ', 12n, 0],
  ])('parseDecimal reads "%s" exactly', (text, digits, decimals) => {
    expect(parseDecimal(text)).toEqual({ digits, decimals });
  });

  it.each(['', '.', '-', '1,5', '0x10', 'NaN', 'Infinity', '1e999', '1 2', '٣', '1_000'])(
    'parseDecimal rejects "%s"',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('parseDecimal accepts exponents up to 60', () => {
    expect(parseDecimal('1e-60')).toEqual({ digits: 1n, decimals: 60 });
    expect(parseDecimal('1e60')).toEqual({ digits: 10n ** 60n, decimals: 0 });
    expect(parseDecimal('1e61')).toBeUndefined();
  });

  it('formatDecimal writes zero without a sign', () => {
    expect(formatDecimal(0n, 2)).toBe('0.00');
    expect(formatDecimal(0n, 0)).toBe('0');
  });

  it('roundDecimal to more decimals keeps the value', () => {
    expect(roundDecimal({ digits: 15n, decimals: 1 }, 3)).toBe(1500n);
    expect(roundDecimal({ digits: 15n, decimals: 1 }, 1)).toBe(15n);
  });

  it('scaleDecimal, roundDecimal and decimalOf lose no digit silently', () => {
    expect(scaleDecimal({ digits: 1234n, decimals: 3 }, 2)).toBeUndefined();
    expect(scaleDecimal({ digits: 1230n, decimals: 3 }, 2)).toBe(123n);
    expect(roundDecimal({ digits: 1235n, decimals: 3 }, 2)).toBe(124n);
    expect(roundDecimal({ digits: 1225n, decimals: 3 }, 2)).toBe(123n);
    expect(roundDecimal({ digits: 1245n, decimals: 3 }, 2)).toBe(125n);
    expect(() => decimalOf('0.1234567', 6)).toThrow('no decimal of 6 places');
  });

  it('energy is written in kWh with at most six decimals, as text and as a number', () => {
    expect(formatKwh(milliWattHours(12_500_000n))).toBe('12.5');
    expect(formatKwh(milliWattHours(1n))).toBe('0.000001');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (mWh) => {
        const energy = milliWattHours(mWh);
        expect(decimalOf(JSON.stringify(kwhNumber(energy)), 6)).toBe(mWh);
      }),
    );
  });
});

describe('rounding', () => {
  it('rounding is symmetric, so that a credit is the exact negative of what it credits', () => {
    fc.assert(
      fc.property(fc.bigInt(), denominator, (n, d) => {
        expect(roundHalfUp(-n, d)).toBe(-roundHalfUp(n, d));
        expect(roundHalfEven(-n, d)).toBe(-roundHalfEven(n, d));
        expect(roundHalfUp(n, -d)).toBe(roundHalfUp(-n, d));
      }),
    );
  });

  it('rounding is off by at most half a unit', () => {
    fc.assert(
      fc.property(fc.bigInt(), denominator, (n, d) => {
        for (const rounded of [roundHalfUp(n, d), roundHalfEven(n, d)]) {
          const doubled = (rounded * d - n) * 2n;
          expect(doubled <= d && doubled >= -d).toBe(true);
        }
      }),
    );
  });

  it('rounding sends a tie up or to the even neighbour', () => {
    expect([1n, 3n, 5n, -5n].map((n) => roundHalfUp(n, 2n))).toEqual([1n, 2n, 3n, -3n]);
    expect([1n, 3n, 5n, -5n].map((n) => roundHalfEven(n, 2n))).toEqual([0n, 2n, 2n, -2n]);
    expect(() => roundHalfUp(1n, 0n)).toThrow('denominator');
  });

  it('roundUpToStep reaches the next multiple of the step and no further', () => {
    expect(roundUpToStep(101n, 25n)).toBe(125n);
    expect(roundUpToStep(125n, 25n)).toBe(125n);
    expect(roundUpToStep(0n, 25n)).toBe(0n);
    expect(roundUpToStep(7n, 0n)).toBe(7n);
  });

  it('shareOut rounds parts by largest remainder so that they add up to the rounded sum', () => {
    const part = fc
      .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), denominator)
      .map(([n, d]) => ratio(n, d));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const total = roundRatio(sumRatios(parts), 2, 'half-up');
        const shares = shareOut(total, parts, 2);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(total);
        for (const [index, share] of shares.entries()) {
          const exact = parts[index] ?? ratio(0n);
          const off = share * exact.d - exact.n * 100n;
          expect(off < exact.d && off > -exact.d).toBe(true);
        }
      }),
    );
  });
});

describe('currencyDecimals', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['HUF', 2],
    ['IQD', 3],
    ['LBP', 2],
  ])('the currency %s has %i decimals by ISO 4217', (code, decimals) => {
    expect(currencyDecimals(code)).toBe(decimals);
  });

  it.each(['eur', 'EURO', 'XXX', ''])('currencyDecimals rejects "%s"', (code) => {
    expect(currencyDecimals(code)).toBeUndefined();
  });
});

describe('readJsonLiterals', () => {
  it('readJsonLiterals keeps every digit of a number', () => {
    const read = readJsonLiterals(
      '{"id":9007199254740993,"price":0.10,"list":[1e-3,"x",null,true]}',
    );
    expect(read).toEqual({
      kind: 'json',
      value: {
        id: new NumberLiteral('9007199254740993'),
        price: new NumberLiteral('0.10'),
        list: [new NumberLiteral('1e-3'), 'x', null, true],
      },
    });
    expect(readJsonLiterals('9007199254740993')).toMatchObject({
      value: { text: '9007199254740993' },
    });
  });

  it('readJsonLiterals explains in one sentence why text is not JSON', () => {
    expect(readJsonLiterals('{"a":')).toMatchObject({
      kind: 'malformed',
      message: expect.stringMatching(/^This is not valid JSON: .+\.$/),
    });
  });
});
