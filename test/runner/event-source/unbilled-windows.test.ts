import { describe, expect, it } from 'vitest';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { delayScaleOf } from '../../../runner/event-source/event-source-options.ts';
import { unbilledWindows } from '../../../runner/event-source/unbilled-windows.ts';

const chargerKey = 'op-1#a';
const sequence = '0aaaaaaa';
const sentAt = '2026-04-14T16:30:00.000Z';
const look = { operatorId: 'op-1', chargerKey, sequences: [sequence], looks: 0 };

describe('the delays of queues on a laptop', () => {
  const scaleOf = (message: CommandMessage) =>
    delayScaleOf(unbilledWindows)(JSON.stringify(message));

  it('a charger has as long to answer a command as on AWS, and a command lives as long', () => {
    expect(scaleOf({ kind: 'deadline', chargerKey, sequence, sentAt })).toBe(1);
    expect(scaleOf({ kind: 'expire', chargerKey, sequence })).toBe(1);
    expect(scaleOf({ kind: 'compare', ...look })).toBe(1);
    const given = { version: 1, readAt: sentAt };
    const list = { given, questions: [], isFull: true };
    expect(scaleOf({ kind: 'confirm', ...look, ...list })).toBe(1);
  });

  it('a charger is offline after as long as on AWS', () => {
    const outage = { chargerKey, connectionId: 'c-1', disconnectedAt: sentAt, minutes: 10 };
    expect(scaleOf({ kind: 'offline', ...outage })).toBe(1);
  });

  it('whatever nobody at the other end waits for comes fifty times as fast', () => {
    expect(scaleOf({ kind: 'next', chargerKey })).toBe(0.02);
    expect(scaleOf({ kind: 'configure', operatorId: 'op-1', chargerKey })).toBe(0.02);
  });
});
