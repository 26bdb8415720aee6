import { describe, expect, it } from 'vitest';
import { cdrIdOf, sessionId } from '../../../core/session/session-id.ts';

describe('ids', () => {
  it('the id of a session depends on its charger and transaction only', () => {
    expect(sessionId('cp-1', '7')).toMatch(/^ses_[a-z2-7]{26}$/);
    expect(sessionId('cp-1', '7')).toBe(sessionId('cp-1', '7'));
    expect(sessionId('cp-1', '8')).not.toBe(sessionId('cp-1', '7'));
    expect(sessionId('cp-2', '7')).not.toBe(sessionId('cp-1', '7'));
    expect(cdrIdOf('ses_abc')).toBe('cdr_abc');
  });

  it('an id is the first 130 bits of SHA-256 in base32', () => {
    // By coreutils: printf 'cp-1\n7' | sha256sum | xxd -r -p | base32
    expect(sessionId('cp-1', '7')).toBe('ses_n3acly6eemyolmw2cft7otysxf');
  });
});
