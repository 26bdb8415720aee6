import { describe, expect, it } from 'vitest';
import { awaitsCdr, type EndedSession } from '../../../core/cdr/awaits-cdr.ts';

const time = (hour: number) => `2026-04-14T${hour}:00:00.000Z`;
const ended: EndedSession = {
  session: {
    state: 'ended',
    stop: { endedAt: time(11), receivedAt: time(12), reason: 'Local' },
  },
};

describe('an ended session', () => {
  it('an ended session waits for its CDR until one is made', () => {
    expect(awaitsCdr(ended, time(12))).toBe(true);
    expect(awaitsCdr(ended, time(11))).toBe(false);
  });

  it('a session does not wait for a CDR once one is held or sealed', () => {
    expect(awaitsCdr({ ...ended, result: {} }, time(13))).toBe(false);
    expect(awaitsCdr({ ...ended, result: { cdrSequence: 1 } }, time(13))).toBe(false);
  });

  it('a session waits for a CDR again after an operator has decided, until that CDR is sealed', () => {
    const decided = { ...ended, result: {}, decision: { decidedAt: time(14) } };

    expect(awaitsCdr(decided, time(14))).toBe(true);
    expect(awaitsCdr(decided, time(13))).toBe(false);
    expect(awaitsCdr({ ...decided, result: { cdrSequence: 1 } }, time(15))).toBe(false);
  });

  it('an active or void session does not wait for a CDR', () => {
    expect(awaitsCdr({ session: { state: 'active' } }, time(13))).toBe(false);
    expect(awaitsCdr({ session: { ...ended.session, state: 'void' } }, time(13))).toBe(false);
  });
});
