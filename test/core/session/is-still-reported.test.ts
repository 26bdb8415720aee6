import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connectorStatusFrom,
  connectorStatusWords,
} from '../../../core/charger/connector-status.ts';
import { isStillReported } from '../../../core/session/is-still-reported.ts';

const timeAt = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString();
const minute = fc.integer({ min: 0, max: 50 });
const over = ['available', 'finishing', 'reserved', 'unavailable', 'faulted'];
const others = [
  'preparing',
  'charging',
  'suspended-by-vehicle',
  'suspended-by-charger',
  'occupied',
];

describe('a session of a connected charger', () => {
  it('a session is still reported exactly while its charger has not restarted, nor freed the connector, since its last sign', () => {
    const status = fc.constantFrom(...over, ...others);
    fc.assert(
      fc.property(
        minute,
        fc.option(minute),
        status,
        fc.option(minute),
        (heard, booted, word, at) => {
          const facts = {
            lastHeardAt: timeAt(heard),
            bootedAt: booted === null ? undefined : timeAt(booted),
            connector: at === null ? undefined : { status: word, statusReceivedAt: timeAt(at) },
          };
          const hasRestarted = booted !== null && booted > heard;
          const isFree = at !== null && at > heard && over.includes(word);

          expect(isStillReported(facts)).toBe(!hasRestarted && !isFree);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a session of a charger that says nothing else is still reported', () => {
    expect(isStillReported({ lastHeardAt: timeAt(0) })).toBe(true);
    expect(isStillReported({ lastHeardAt: timeAt(0), connector: {} })).toBe(true);
  });

  it('every status of a connector is one with which a transaction may run, or one without', () => {
    const statuses = [...over, ...others];

    expect(statuses.map(connectorStatusFrom)).toEqual(statuses);
    expect(statuses).toHaveLength(connectorStatusWords.length);
  });
});
