import { describe, expect, it } from 'vitest';
import { isStopMissing, type StopEvidence } from '../../../core/session/is-stop-missing.ts';
import { sessionOf } from '../cdr/cdr-samples.ts';
import { startedEvent, stoppedEvent } from './session-samples.ts';

const time = (hour: number, minute = 0) =>
  new Date(Date.UTC(2026, 2, 2, hour, minute)).toISOString();

/** Begun at 10 by the charger's clock; its connector has been available since 12. */
const running = sessionOf(startedEvent());
const evidence: StopEvidence = {
  connector: { status: 'Available', statusAt: time(12), statusReceivedAt: time(12) },
  lastMessageAt: time(11, 59),
  lastHeardAt: time(11, 59),
};
const since = { silent: time(12), available: time(12) };

describe('the stop of a running session', () => {
  it('a stop is missing once its connector has been available for as long as the operator configured', () => {
    expect(isStopMissing(running, evidence, since)).toBe(true);
    expect(isStopMissing(running, evidence, { ...since, available: time(11) })).toBe(false);
  });

  it.each<[string, Partial<StopEvidence>]>([
    ['its connector is in use', { connector: { ...evidence.connector, status: 'Charging' } }],
    ['its connector never reported', { connector: {} }],
    [
      'its connector was available before it started',
      { connector: { ...evidence.connector, statusAt: time(9) } },
    ],
    [
      'its connector was available when it started',
      { connector: { ...evidence.connector, statusAt: time(10) } },
    ],
    [
      'its connector says neither when it was available nor when that came',
      { connector: { status: 'Available' } },
    ],
    ['it reported after its connector was available', { lastMessageAt: time(12, 1) }],
    ['it was heard of since', { lastHeardAt: time(12, 1) }],
  ])('a stop is not missing when %s', (_words, changed) => {
    expect(isStopMissing(running, { ...evidence, ...changed }, since)).toBe(false);
  });

  it('a stop is missing to the moment, also if the connector was available with its last message', () => {
    const atOnce = { ...evidence, lastMessageAt: time(12), lastHeardAt: time(12) };

    expect(isStopMissing(running, atOnce, since)).toBe(true);
  });

  it('a stop is missing with any spelling of the status, and without any reading', () => {
    const { lastMessageAt: _none, ...silent } = evidence;
    const connector = { ...evidence.connector, status: 'available' };

    expect(isStopMissing(running, { ...silent, connector }, since)).toBe(true);
  });
});

describe('the stop of a session that has ended', () => {
  it('the stop of a superseded session is missing if another session took over its connector that long ago', () => {
    const superseded = sessionOf(startedEvent(), {
      kind: 'superseded',
      by: 'ses_2',
      endedAt: time(11),
      receivedAt: time(12),
    });

    expect(isStopMissing(superseded, { lastHeardAt: '' }, since)).toBe(true);
    expect(isStopMissing(superseded, { lastHeardAt: '' }, { ...since, silent: time(11) })).toBe(
      false,
    );
  });

  it('a stop that arrived is not missing', () => {
    expect(isStopMissing(sessionOf(startedEvent(), stoppedEvent()), evidence, since)).toBe(false);
  });
});
