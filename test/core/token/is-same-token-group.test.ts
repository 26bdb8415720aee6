import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GroupedToken, isSameTokenGroup } from '../../../core/token/is-same-token-group.ts';

const of = (tokenId: string, parentTokenId?: string): GroupedToken =>
  parentTokenId === undefined ? { tokenId } : { tokenId, parentTokenId };

const tokens = fc
  .record(
    { tokenId: fc.constantFrom('a', 'A', 'b', 'G', 'h'), parentTokenId: fc.constantFrom('G', 'h') },
    { requiredKeys: ['tokenId'] },
  )
  .map(({ tokenId, parentTokenId }) => of(tokenId, parentTokenId));

describe('the group of a token', () => {
  it('a token may end the session that it began, in any spelling of case', () => {
    expect(isSameTokenGroup(of('a'), of(' A '))).toBe(true);
    expect(isSameTokenGroup(of('a', 'G'), of('A', 'G'))).toBe(true);
  });

  it('a token may end the session of another token of its group', () => {
    expect(isSameTokenGroup(of('a', 'G'), of('b', 'g'))).toBe(true);
  });

  it('the token of a group itself may end the sessions of its group, and they its own', () => {
    expect(isSameTokenGroup(of('a', 'G'), of('G'))).toBe(true);
    expect(isSameTokenGroup(of('g'), of('a', 'G'))).toBe(true);
  });

  it('a token may not end the session of a stranger, nor of another group', () => {
    expect(isSameTokenGroup(of('a'), of('b'))).toBe(false);
    expect(isSameTokenGroup(of('a', 'G'), of('b'))).toBe(false);
    expect(isSameTokenGroup(of('a', 'G'), of('b', 'H'))).toBe(false);
  });

  it('whoever may end a session lets its owner do the same', () => {
    fc.assert(
      fc.property(tokens, tokens, (one, other) => {
        expect(isSameTokenGroup(one, other)).toBe(isSameTokenGroup(other, one));
      }),
    );
  });
});
