import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportList } from '../../cli/commands/export-list.ts';
import { listColumns } from '../../cli/export/list-columns.ts';
import { apiThatAnswers } from './api-that-answers.ts';

const cdr = (cdrId: string, facts: object = {}) => ({
  cdrId,
  sessionId: 'ses_1',
  chargerId: 'Hof "1", links',
  total: { currency: 'EUR', exclVat: '-4.20', inclVat: '-5.00' },
  energyKwh: 12.5,
  lines: [{ component: 'ENERGY' }],
  ...facts,
});

async function exported(file: string, more: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { sent, values } = await apiThatAnswers(
    { items: [cdr('cdr_1')], nextCursor: 'next' },
    { items: [cdr('cdr_2', { total: null, tokenId: '=1+1' })], nextCursor: null },
  );
  const path = join(folder, file);
  const span = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  const result = await exportList.run({
    positionals: ['cdrs', path],
    values: { ...values, ...span, ...more },
  });
  return { result, sent, text: readFileSync(path, 'utf8') };
}

describe('joulegate export', () => {
  it('a range of CDRs is CSV with a header, page by page, and no cell of it is a formula', async () => {
    const { result, sent, text } = await exported('march.csv');
    const [header, ...rows] = text.split('\r\n');

    expect(header?.split(',')).toEqual(listColumns.cdrs);
    expect(rows).toEqual([
      `cdr_1,ses_1,"Hof ""1"", links",,,,,,,,,,,12.5,EUR,-4.20,-5.00,,,`,
      `cdr_2,ses_1,"Hof ""1"", links",,,'=1+1,,,,,,,,12.5,,,,,,`,
      '',
    ]);
    expect(result.json).toMatchObject({ count: 2 });
    expect(sent.map(({ call }) => call.includes('from=2026-01-01'))).toEqual([true, true]);
    expect(sent[1]?.call).toContain('cursor=next');
  });

  it('without a format each thing is a line of JSON, whole', async () => {
    const { text } = await exported('march.jsonl');
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      cdr('cdr_1'),
      cdr('cdr_2', { total: null, tokenId: '=1+1' }),
    ]);
  });

  it.each([
    ['sessions', '2026-01-01T00:00:00Z'],
    ['cdrs', '2026-01-01T00:00:00Z'],
    ['days', '2026-01-01'],
    ['months', '2026-01'],
    ['chargers', undefined],
    ['tokens', undefined],
    ['tariffs', undefined],
    ['payments', undefined],
  ])('the export of %s heeds a range, or says that it has none', async (name, from) => {
    const { sent, values } = await apiThatAnswers({ items: [], nextCursor: null });
    const folder = mkdtempSync(join(tmpdir(), 'joulegate-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const ran = exportList.run({
      positionals: [name, join(folder, 'x.jsonl')],
      values: { ...values, from: from ?? '2026-01-01' },
    });

    if (from === undefined) {
      await expect(ran).rejects.toThrow('--from and --to are for sessions, cdrs, days, months');
      expect(sent).toEqual([]);
      return;
    }
    await ran;
    expect(decodeURIComponent(sent[0]?.call ?? '')).toContain(`from=${from}`);
  });

  it('every list that can be exported is named in that test and has columns', () => {
    expect(Object.keys(listColumns).toSorted()).toEqual(
      [
        'sessions',
        'cdrs',
        'days',
        'months',
        'chargers',
        'tokens',
        'tariffs',
        'payments',
      ].toSorted(),
    );
  });

  it('another format is refused', async () => {
    await expect(exported('x', { format: 'xml' })).rejects.toThrow('--format');
  });
});
