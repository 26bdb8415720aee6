import { describe, expect, it } from 'vitest';
import { tokenStatusOf } from '../../../core/token/token-status-of.ts';

describe('tokenStatusOf', () => {
  it.each(['Accepted', 'Blocked', 'Expired', 'Invalid'])('a token is kept as %s', (word) => {
    expect(tokenStatusOf(word)).toBe(word);
  });

  it.each(['', 'accepted', 'ConcurrentTx'])('a token kept as %j may not charge', (word) => {
    expect(tokenStatusOf(word)).toBe('Invalid');
  });
});
