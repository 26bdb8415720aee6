import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from '../../../runner/gateway/websocket/connection.ts';
import { startConnectionClock } from '../../../runner/gateway/websocket/connection-clock.ts';

const minute = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The clock of a connection that began now; ten minutes of silence and two hours in all are its limits. */
function startClock() {
  const connection = { connectedAt: Date.now(), lastActiveAt: Date.now() };
  const expired = vi.fn();
  const limits = { idleMilliseconds: 10 * minute, connectionMilliseconds: 120 * minute };
  const stop = startConnectionClock(connection as unknown as Connection, limits, expired);
  return { connection, expired, stop };
}

test('a connection that is silent for ten minutes is closed then, and not before', () => {
  const { expired } = startClock();

  vi.advanceTimersByTime(10 * minute - 1);
  expect(expired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(expired).toHaveBeenCalledOnce();
});

test('a connection with messages is closed after two hours, and not before', () => {
  const { connection, expired } = startClock();

  for (let passed = 0; passed < 120; passed += 9) {
    expect(expired).not.toHaveBeenCalled();
    connection.lastActiveAt = Date.now();
    vi.advanceTimersByTime(9 * minute);
  }
  expect(expired).toHaveBeenCalledOnce();
});

test('a connection that ended by itself is not closed once more', () => {
  const { expired, stop } = startClock();

  stop();
  vi.advanceTimersByTime(240 * minute);
  expect(expired).not.toHaveBeenCalled();
});
