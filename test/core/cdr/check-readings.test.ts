import { describe, expect, it } from 'vitest';
import { decodedView } from '../../../core/cdr/compute/decoded-view.ts';
import type { ListedMessage } from '../../../core/cdr/verify/cdr-proof.ts';
import { checkReadings } from '../../../core/cdr/verify/check-readings.ts';
import { ordinaryContent, rules, stored } from './cdr-samples.ts';

const { evidence } = ordinaryContent();

const listed: readonly ListedMessage[] = stored.map((reading) =>
  JSON.parse(
    JSON.stringify({
      ...reading,
      at: reading.key.split('#')[0],
      ...decodedView(rules.read(reading)),
    }),
  ),
);

const check = (readings: readonly ListedMessage[]) => checkReadings(evidence, readings, rules.read);

const changed = (
  index: number,
  change: (reading: ListedMessage) => Partial<ListedMessage>,
): readonly ListedMessage[] =>
  listed.map((reading, at) => (at === index ? { ...reading, ...change(reading) } : reading));

describe('the readings of a CDR', () => {
  it('the readings of a CDR verify as received and as listed by the API', () => {
    expect(check(stored).outcome).toBe('passed');
    expect(check(listed).outcome).toBe('passed');
  });

  it('the readings of a CDR verify without their decoded form', () => {
    const unreadable = () => {
      throw new Error('no such protocol');
    };

    expect(checkReadings(evidence, stored, unreadable).outcome).toBe('passed');
    expect(checkReadings(evidence, listed, unreadable).outcome).toBe('failed');
  });

  it('verification reports whether fewer or more readings were given than the CDR includes', () => {
    expect(check(listed.slice(1))).toEqual({
      check: 'readings',
      outcome: 'failed',
      message: 'The CDR was computed from 5 readings; 4 were given.',
    });
  });

  it('a received reading that was changed fails verification', () => {
    const other = check(changed(1, ({ raw }) => ({ raw: raw.replace('3750', '3751') })));

    expect(other.outcome).toBe('failed');
    expect(other.message).toBe('The readings are not those the CDR was computed from.');
  });

  for (const [name, readings] of [
    [
      'value',
      changed(1, ({ values }) => ({
        values: JSON.parse(JSON.stringify(values).replace('3750', '9750')),
      })),
    ],
    ['missing value', changed(1, () => ({ values: [] }))],
    ['strange value', changed(1, () => ({ values: [0.1 + 0.2] }))],
    ['state', changed(4, () => ({ state: { timestamp: '2026-03-02', status: 'Charging' } }))],
    ['state out of nothing', changed(1, ({ state }) => ({ state: [state] }))],
    ['time', changed(1, () => ({ at: '2026-03-02T10:14:00.000Z' }))],
  ] as const) {
    it(`a decoded reading with another ${name} fails verification`, () => {
      const verdict = check(readings);

      expect(verdict.outcome).toBe('failed');
      expect(verdict.message).toContain('does not follow from the received message');
    });
  }
});
