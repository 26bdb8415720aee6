import { expect, it } from 'vitest';
import { shownTimes } from '../../../core/session/shown-times.ts';
import { startedEvent, stoppedEvent } from './session-samples.ts';

it('a session shows no time before it is known', () => {
  expect(shownTimes({ timeZone: 'Europe/Berlin' })).toStrictEqual({
    startedAt: null,
    endedAt: null,
  });
});

it('a session shows the times of its messages, but none later than their receipt', () => {
  const { start } = startedEvent();
  const { stop } = stoppedEvent({ endedAt: '2036-03-02T11:00:00Z' });

  expect(shownTimes({ start, stop, timeZone: 'Europe/Berlin' })).toStrictEqual({
    startedAt: '2026-03-02T10:00:00.000Z',
    endedAt: '2026-03-02T11:00:01.000Z',
  });
});
