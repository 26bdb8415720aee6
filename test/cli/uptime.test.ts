import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nevi } from '../../cli/commands/nevi.ts';
import { uptime } from '../../cli/commands/uptime.ts';
import { peakKw } from '../../cli/nevi/peak-kw.ts';
import { quarterOf } from '../../cli/nevi/quarter.ts';
import { apiThatAnswers } from './api-that-answers.ts';

const list = (...items: readonly object[]) => ({ items, nextCursor: null });

const port = (facts: object) => ({
  evseId: 1,
  connectorId: 1,
  uptimePercent: '98.125',
  isReached: true,
  countedMinutes: 44_640,
  outageMinutes: 840,
  excludedMinutes: 120,
  leftOutMinutes: 0,
  ...facts,
});

const chargerWith = (...connectors: readonly object[]) => ({
  chargerId: 'CP1',
  thresholdPercent: '97',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-04-01T00:00:00.000Z',
  connectors,
});

/** A charger that was commissioned after the month that was asked for. */
const notYetThere = {
  ...chargerWith(port({ uptimePercent: null, isReached: null, countedMinutes: 0 })),
  chargerId: 'CP2',
  from: '2026-03-10T00:00:00.000Z',
  to: '2026-03-10T00:00:00.000Z',
};

describe('joulegate uptime', () => {
  it('each connector is a line, and a missed threshold is the exit status', async () => {
    const missed = port({ connectorId: 2, uptimePercent: '91.000', isReached: false });
    const unknown = port({ connectorId: 3, uptimePercent: null, isReached: null });
    const { sent, values } = await apiThatAnswers(
      list(chargerWith(port({}), missed, unknown)),
      list(chargerWith(port({}))),
    );
    const asked = { ...values, definition: 'nevi', month: '2026-03', location: 'loc_1' };

    const result = await uptime.run({ positionals: [], values: asked });
    const well = await uptime.run({ positionals: [], values });

    expect(result.text.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
      'CP1 1-1 98.125 % of 97 % 720.0 min out reached',
      'CP1 1-2 91.000 % of 97 % 720.0 min out missed',
      'CP1 1-3 unknown of 97 % 720.0 min out',
    ]);
    expect([result.exitCode, well.exitCode]).toEqual([1, 0]);
    expect(sent.map(({ call }) => call.split('?')[0])).toEqual(
      Array.from({ length: 2 }, () => 'GET /monitoring/uptime'),
    );
    const query = new URL(sent[0]?.call.split(' ')[1] ?? '', 'http://api').searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      definition: 'nevi',
      month: '2026-03',
      locationId: 'loc_1',
    });
  });

  it('a definition that does not exist is refused before anything is asked', async () => {
    const values = { definition: 'ours' };
    await expect(uptime.run({ positionals: [], values })).rejects.toThrow('--definition');
  });
});

const power = (value: string, facts: object = {}) => ({
  value,
  measurand: 'Power.Active.Import',
  unit: 'W',
  multiplier: 0,
  ...facts,
});

const readingOf = (...sampledValues: readonly ReturnType<typeof power>[]) => ({
  values: [{ sampledValues }],
});

describe('the quarterly data of NEVI', () => {
  const cdr = (cdrId: string, facts: object = {}) => ({
    cdrId,
    sessionId: cdrId.replace('cdr', 'ses'),
    chargerId: 'CP1',
    evseId: 1,
    connectorId: 2,
    tokenId: 'TAG1',
    accountId: null,
    startedAt: '2026-03-31T23:00:00Z',
    endedAt: '2026-04-01T00:30:00Z',
    energyKwh: 41.5,
    state: 'sealed',
    creditOf: null,
    ...facts,
  });

  const answers = [
    ...[1, 2, 3].map(() => list()),
    list({ sessionId: 'ses_b', failure: 'stopped-by-fault', stopReason: 'GroundFault' }),
    list(
      cdr('cdr_a', { tokenId: 'payaaaaaaaaaaaaaaaaa' }),
      cdr('cdr_b', { accountId: 'acc', chargerId: '=CP,2' }),
      cdr('cdr_c', { state: 'credited' }),
      cdr('cdr_c-C', { creditOf: 'cdr_c' }),
    ),
    list(readingOf(power('61.5', { unit: 'kW' })), readingOf(power('59000'))),
    list(),
    ...[1, 2].map(() => list(chargerWith(port({})), notYetThere)),
    list(chargerWith(port({})), { ...notYetThere, to: '2026-04-01T00:00:00.000Z' }),
  ];

  it('it has each session that was billed once, with its error, its highest power and how it was paid, and each port by month in which it was there', async () => {
    const { sent, values } = await apiThatAnswers(answers[0] ?? {}, ...answers.slice(1));
    const folder = mkdtempSync(join(tmpdir(), 'joulegate-nevi-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));

    const result = await nevi.run({ positionals: ['2026-Q1', join(folder, 'q1')], values });

    expect(result.json).toMatchObject({ quarter: '2026-Q1', sessions: 2, ports: 2 });
    const times = '2026-03-31T23:00:00Z,2026-04-01T00:30:00Z';
    expect(readFileSync(join(folder, 'q1/sessions.csv'), 'utf8').split('\r\n')).toEqual([
      'chargerId,port,sessionId,startedAt,endedAt,error,energyKwh,peakKw,paymentMethod',
      `CP1,1-2,ses_a,${times},,41.5,61.5,card`,
      `"'=CP,2",1-2,ses_b,${times},stopped-by-fault (GroundFault),41.5,,account`,
      '',
    ]);
    expect(readFileSync(join(folder, 'q1/uptime.csv'), 'utf8').split('\r\n')).toEqual([
      'chargerId,port,month,uptimePercent,outageMinutes,excludedMinutes',
      ...['01', '02', '03'].map((month) => `CP1,1-1,2026-${month},98.125,840,120`),
      'CP2,1-1,2026-03,,840,120',
      '',
    ]);
    expect(sent.slice(0, 4).map(({ call }) => /month=([\d-]+)/.exec(call)?.[1])).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
    ]);
    const { searchParams } = new URL(sent[4]?.call.split(' ')[1] ?? '', 'http://api');
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-04-01T00:00:00.000Z',
    ]);
  });

  it('a quarter has three months, and the last of a year ends with the year', () => {
    expect(quarterOf('2026-Q4')).toMatchObject({
      months: ['2026-10', '2026-11', '2026-12'],
      to: '2027-01-01T00:00:00.000Z',
    });
    expect(['2026-Q5', '2026-1', ''].map(quarterOf)).toEqual([undefined, undefined, undefined]);
  });

  it('the highest power is the total of the charger, or else the sum of its phases', () => {
    expect(peakKw([readingOf(power('7000'), power('9000', { phase: 'L1' }))])).toBe(7);
    const phases = ['L1', 'L2', 'L3'].map((phase) => power('3.6', { unit: 'kW', phase }));
    expect(peakKw([readingOf(...phases), readingOf(power('1', { multiplier: 3 }))])).toBe(10.8);
    expect(peakKw([readingOf(power('NaN'))])).toBeUndefined();
  });
});
