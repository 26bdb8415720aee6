import { describe, expect, it } from 'vitest';
import {
  lateStart,
  sameStart,
  sameStop,
  secondStart,
  secondStop,
} from '../../../core/session/compare-ends.ts';
import { startedEvent, stoppedEvent } from './session-samples.ts';

const { start } = startedEvent();
const { stop } = stoppedEvent();

describe('a start and a stop that come again', () => {
  it('a start or stop is the same whenever it was received, and in any spelling of its token', () => {
    expect(sameStart(start, { ...start, receivedAt: '2030', tokenId: 'card1' })).toBe(true);
    expect(sameStop(stop, { ...stop, receivedAt: '2030' })).toBe(true);
  });

  it.each([{ startedAt: '2026-03-02T10:00:01Z' }, { meterStart: 1001 }, { tokenId: 'CARD2' }])(
    'a start with another %o is another one',
    (change) => {
      expect(sameStart(start, { ...start, ...change })).toBe(false);
    },
  );

  it.each([
    { endedAt: '2026-03-02T11:00:01Z' },
    { meterStop: 8001 },
    { reason: 'Remote' },
    { tokenId: 'CARD1' },
  ])('a stop with another %o is another one', (change) => {
    expect(sameStop(stop, { ...stop, ...change })).toBe(false);
  });

  it('a start is the same with and without a token that was presented after it', () => {
    const bare = { ...start, tokenId: '' };

    expect(sameStart(bare, { ...start, tokenAt: '2026-03-02T10:00:30.000Z' })).toBe(true);
  });
});

describe('what is said of a start or a stop that does not count', () => {
  it('an anomaly names register and token of the start, and register and reason of the stop', () => {
    expect(secondStart(start).message).toContain('The other one says 1000 Wh, CARD1.');
    expect(secondStop(stop).message).toContain('The other one says 8000 Wh, Local.');
    expect(lateStart(start).message).toContain('It says 1000 Wh, CARD1.');
  });

  it('an anomaly says where there was no register', () => {
    const { meterStart: _start, ...unmetered } = start;
    const { meterStop: _stop, ...unread } = stop;

    expect(secondStart(unmetered).message).toContain('The other one says no register, CARD1.');
    expect(secondStop(unread).message).toContain('The other one says no register, Local.');
    expect(lateStart(unmetered).message).toContain('It says no register, CARD1.');
  });
});
