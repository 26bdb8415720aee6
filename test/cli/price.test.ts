import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { price } from '../../cli/commands/price.ts';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-price-'));
afterAll(() => rmSync(folder, { recursive: true }));

const golden = fileURLToPath(new URL('../golden/tariff/', import.meta.url));

const fileOf = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const run = async (tariff: unknown, cdr: unknown, timeZone?: string) =>
  await price.run({
    positionals: [],
    values: {
      tariff: fileOf('tariff.json', tariff),
      cdr: fileOf('cdr.json', cdr),
      ...(timeZone === undefined ? {} : { 'time-zone': timeZone }),
    },
  });

const component = { type: 'ENERGY', price: 0.3, vat: 20, step_size: 1 };
const tariff = {
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [component] }],
  last_updated: '2026-01-01T00:00:00Z',
};
const charged = {
  start_date_time: '2026-03-11T08:00:00Z',
  charging_periods: [
    { start_date_time: '2026-03-11T08:00:00Z', dimensions: [{ type: 'ENERGY', volume: 10 }] },
  ],
};
const end = '2026-03-11T09:00:00Z';

describe('joulegate price', () => {
  it.each<[string, object, object, object]>([
    [
      '2.1.1',
      tariff,
      { ...charged, stop_date_time: end, auth_id: 'A', total_cost: 3 },
      {
        total: { exclVat: '3.00', inclVat: null },
        unrounded: { exclVat: '3', inclVat: null },
        stated: { exclVat: '3', inclVat: null },
      },
    ],
    [
      '2.2.1',
      { ...tariff, min_price: { excl_vat: 1, incl_vat: 1.2 } },
      { ...charged, end_date_time: end, total_cost: { excl_vat: 3, incl_vat: 3.6 } },
      {
        total: { exclVat: '3.00', inclVat: '3.60' },
        unrounded: { exclVat: '3', inclVat: '3.6' },
        stated: { exclVat: '3', inclVat: '3.6' },
      },
    ],
    [
      '2.3.0',
      { ...tariff, tax_included: 'YES', min_price: { before_taxes: 1, after_taxes: 1.2 } },
      {
        ...charged,
        end_date_time: end,
        total_cost: { before_taxes: 2.5, taxes: [{ name: 'VAT', amount: 0.5 }] },
      },
      {
        total: { exclVat: '2.50', inclVat: '3.00' },
        unrounded: { exclVat: '2.5', inclVat: '3' },
        stated: { exclVat: '2.5', inclVat: '3.0' },
      },
    ],
  ])('joulegate price prices documents of OCPI %s', async (_version, stated, cdr, expected) => {
    const { exitCode, json } = await run(stated, cdr);

    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ ...expected, agrees: true, notes: [] });
    expect(json).toMatchObject({ lines: [{ component: 'ENERGY', billedQuantity: '10' }] });
  });

  it('joulegate price exits with 1 if the CDR states another total', async () => {
    const cdr = { ...charged, end_date_time: end, total_cost: { excl_vat: 3.01, incl_vat: 3.6 } };
    const { exitCode, json, text } = await run(tariff, cdr);

    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ agrees: false, total: { exclVat: '3.00' } });
    expect(text).toContain('does not agree');
  });

  it('joulegate price reads local times in the given time zone', async () => {
    const evening = {
      ...tariff,
      elements: [{ price_components: [component], restrictions: { start_time: '09:00' } }],
    };
    const cdr = { ...charged, end_date_time: end };

    expect((await run(evening, cdr, 'Europe/Berlin')).json).toMatchObject({
      total: { exclVat: '3.00' },
    });
    expect((await run(evening, cdr)).json).toMatchObject({
      total: { exclVat: '0.00' },
      notes: [expect.stringContaining('UTC')],
    });
  });

  it('joulegate price prices the golden documents as the engine does', async () => {
    const text = (name: string) => readFileSync(`${golden}ocpi-230-limits/${name}.json`, 'utf8');
    const { total } = JSON.parse(text('expected'));

    expect((await run(text('tariff'), text('cdr'), 'UTC')).json).toMatchObject({ total });
  });

  it.each<[string, unknown, unknown, string]>([
    [
      'a price that is no number',
      { ...tariff, elements: [{ price_components: [{ ...component, price: 'cheap' }] }] },
      { ...charged, end_date_time: end },
      'tariff.elements[0].price_components[0].price',
    ],
    ['a CDR without periods', tariff, { start_date_time: end }, 'cdr.charging_periods'],
    ['a tariff that is no JSON', '{"id":', charged, 'tariff: '],
    ['a CDR that is a list', tariff, [], 'cdr: '],
  ])(
    'joulegate price names the path of a malformed value: %s',
    async (_words, stated, cdr, path) => {
      await expect(run(stated, cdr)).rejects.toMatchObject({
        code: 'CLI_DOCUMENT_MALFORMED',
        message: expect.stringContaining(path),
      });
    },
  );

  it('joulegate price names a missing file argument', async () => {
    await expect(price.run({ positionals: [], values: {} })).rejects.toMatchObject({
      code: 'CLI_ARGUMENT_MISSING',
    });
  });
});
