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

describe('isSameTokenGroup', () => {
  it('a token may end the session that it started, in upper or lower case', () => {
    expect(isSameTokenGroup(of('a'), of(' A '))).toBe(true);
    expect(isSameTokenGroup(of('a', 'G'), of('A', 'G'))).toBe(true);
  });

  it('a token may end the session of another token of its group', () => {
    expect(isSameTokenGroup(of('a', 'G'), of('b', 'g'))).toBe(true);
  });

  it('a group token may end the sessions of its members, and they may end its sessions', () => {
    expect(isSameTokenGroup(of('a', 'G'), of('G'))).toBe(true);
    expect(isSameTokenGroup(of('g'), of('a', 'G'))).toBe(true);
  });

  it('a token may not end the session of an unrelated token or of another group', () => {
    expect(isSameTokenGroup(of('a'), of('b'))).toBe(false);
    expect(isSameTokenGroup(of('a', 'G'), of('b'))).toBe(false);
    expect(isSameTokenGroup(of('a', 'G'), of('b', 'H'))).toBe(false);
  });

  it('a token that may end the session of another also lets that one end its own sessions', () => {
    fc.assert(
      fc.property(tokens, tokens, (one, other) => {
        expect(isSameTokenGroup(one, other)).toBe(isSameTokenGroup(other, one));
      }),
    );
  });
});
