import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commandSequence,
  firstSequence,
  sequenceOfRequestId,
  timeOfSequence,
} from '../../../core/command/command-sequence.ts';
import {
  type CommandEvent,
  type CommandState,
  changeCommand,
  hasEnded,
} from '../../../core/command/command-state.ts';
import { deliveryPause } from '../../../core/command/delivery-pause.ts';
import { requestId } from '../../../core/ocpp/request-id.ts';
import { centralActions } from '../../../core/ocpp/v21/central-action.ts';

const outcomes = fc.constantFrom<CommandEvent>(
  { kind: 'answered', outcome: { kind: 'accepted' } },
  { kind: 'answered', outcome: { kind: 'rejected', reason: 'rejected', word: 'Rejected' } },
  {
    kind: 'answered',
    outcome: { kind: 'failed', reason: 'internal', code: 'InternalError', description: '' },
  },
  { kind: 'answered', outcome: { kind: 'unreadable', description: 'The answer breaks off.' } },
);

const others = fc.constantFrom<CommandEvent>(
  { kind: 'sent' },
  { kind: 'undelivered' },
  { kind: 'timed-out' },
  { kind: 'expired' },
  { kind: 'cancelled' },
  {
    kind: 'unsendable',
    outcome: { kind: 'failed', reason: 'not-supported', code: '', description: '' },
  },
);

const lives = fc.array(fc.oneof(others, outcomes), { maxLength: 30 });

/** All states of a command in the course of its life. */
const statesOf = (life: readonly CommandEvent[]): readonly CommandState[] => {
  const states: CommandState[] = ['queued'];
  for (const event of life) states.push(changeCommand(states.at(-1) ?? 'queued', event));
  return states;
};

describe('the life of a command', () => {
  it('a command ends once, whatever happens in whatever order, and nothing changes it after that', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const states = statesOf(life);
        const end = states.findIndex(hasEnded);
        if (end === -1) return;
        expect(new Set(states.slice(end)).size).toBe(1);
      }),
    );
  });

  it('the end of a command is true: only one that was sent is answered or timed out, only one that waits is cancelled, expires or can be sent no more', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const states = statesOf(life);
        const end = states.findIndex(hasEnded);
        if (end === -1) return;
        const waited = states[end - 1] === 'queued';
        const { kind } = life[end - 1] ?? {};
        expect(kind).toMatch(
          waited ? /^(cancelled|expired|unsendable)$/ : /^(answered|timed-out)$/,
        );
        const isUnsent = ['cancelled', 'expired'].includes(states[end] ?? '');
        expect(isUnsent).toBe(waited && kind !== 'unsendable');
      }),
    );
  });

  it('a repeated event changes nothing that it has not changed before', () => {
    fc.assert(
      fc.property(lives, fc.oneof(others, outcomes), (life, event) => {
        const once = changeCommand(statesOf(life).at(-1) ?? 'queued', event);
        const twice = changeCommand(once, event);
        expect(twice).toBe(once);
      }),
    );
  });

  it('a charger whose connections keep ending is sent a command ever more rarely, but every five minutes', () => {
    expect([1, 2, 3, 8, 9, 1_000].map(deliveryPause)).toEqual([2, 4, 8, 256, 300, 300]);
  });
});

describe('the place of a command among those of its charger', () => {
  const times = fc.integer({ min: 0, max: Date.parse('2080-01-01T00:00:00Z') });
  const randoms = fc.stringMatching(/^[0-9A-Za-z]{1}$/);

  it('places sort as the times at which their commands were made', () => {
    fc.assert(
      fc.property(times, times, randoms, randoms, (a, b, x, y) => {
        const [one, other] = [commandSequence(a, x), commandSequence(b, y)];
        if (a !== b) expect(one < other).toBe(a < b);
        expect(timeOfSequence(one)).toBe(a);
        expect(firstSequence(a) <= one).toBe(true);
      }),
    );
  });

  it('the message id of any request names the place of its command, whole', () => {
    fc.assert(
      fc.property(times, randoms, fc.constantFrom(...centralActions), (at, random, action) => {
        const sequence = commandSequence(at, random);
        expect(sequenceOfRequestId(requestId(action, sequence))).toBe(sequence);
      }),
    );
    for (const other of ['', 'Reset.1234567', 'reset.12345678', 'Reset.123456789', '17']) {
      expect(sequenceOfRequestId(other)).toBeUndefined();
    }
  });
});
