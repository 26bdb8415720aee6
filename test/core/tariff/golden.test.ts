import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { priceOcpiCdr } from '../../../core/ocpi/price-cdr.ts';
import type { Price } from '../../../core/tariff/model/price.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';
import { type DescribedSession, meteredOf } from './described-session.ts';

const folder = fileURLToPath(new URL('../../golden/tariff/', import.meta.url));
const cases = readdirSync(folder).toSorted();

type Amount = { readonly exclVat: string; readonly inclVat: string | null };
type Expected = {
  readonly why: string;
  readonly timeZone?: string;
  readonly total: Amount;
  readonly unrounded: Amount;
  /** Component, billed quantity and unit price of each line. */
  readonly billed: readonly (readonly [string, number, string])[];
  /** Amounts of each line without and with VAT. */
  readonly lines?: readonly (readonly [string, string])[];
  /** Start, kWh and activity of each period. */
  readonly periods?: readonly (readonly [string, number, string])[];
  readonly stated?: Amount | null;
  readonly agrees?: boolean;
};

const text = (name: string, file: string): string =>
  readFileSync(`${folder}${name}/${file}`, 'utf8');

const expectBill = (
  bill: { total: Amount; unrounded: Amount; lines: Price['lines'] },
  expected: Expected,
): void => {
  expect(bill.total).toMatchObject(expected.total);
  expect(bill.unrounded).toEqual(expected.unrounded);
  const lines = bill.lines.map((line) => [line.component, line.billedQuantity, line.unitPrice]);
  expect(lines).toEqual(expected.billed);
  if (expected.lines !== undefined) {
    expect(bill.lines.map(({ exclVat, inclVat }) => [exclVat, inclVat])).toEqual(expected.lines);
  }
};

const expectCdr = (name: string, expected: Expected): void => {
  const priced = priceOcpiCdr(
    text(name, 'tariff.json'),
    text(name, 'cdr.json'),
    expected.timeZone ?? 'UTC',
  );
  if (priced.kind !== 'priced') throw new Error(JSON.stringify(priced.problems));
  expectBill(priced, expected);
  expect(priced.stated).toEqual(expected.stated ?? null);
  expect(priced.agrees).toBe(expected.agrees ?? true);
};

const expectSession = (name: string, expected: Expected): void => {
  const tariff: Tariff = JSON.parse(text(name, 'tariff.json'));
  const session: DescribedSession = JSON.parse(text(name, 'session.json'));
  expect(validateTariff(tariff)).toEqual([]);
  const price = priceSession(tariff, meteredOf(session), session.timeZone);
  expectBill(price, expected);
  if (expected.periods !== undefined) {
    const periods = price.periods.map((period) => [
      period.startedAt,
      period.energyKwh,
      period.activity,
    ]);
    expect(periods).toEqual(expected.periods);
  }
};

describe('golden cases of pricing', () => {
  it('there are more than 50 golden cases of pricing', () =>
    expect(cases.length).toBeGreaterThan(50));

  it.each(cases)('the golden case %s has its expected price', (name) => {
    const files = readdirSync(`${folder}${name}`).toSorted();
    const input = files.includes('cdr.json') ? 'cdr.json' : 'session.json';
    // A folder that lacks a file would otherwise pass for a case.
    expect(files).toEqual([input, 'expected.json', 'tariff.json'].toSorted());
    const expected: Expected = JSON.parse(text(name, 'expected.json'));
    expect(expected.why).toMatch(/\.$/);
    if (input === 'cdr.json') expectCdr(name, expected);
    else expectSession(name, expected);
  });
});
