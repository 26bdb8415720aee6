import { describe, expect, it } from 'vitest';
import { authorizeToken } from '../../../core/token/authorize-token.ts';
import { normalizeTokenId } from '../../../core/token/normalize-token-id.ts';
import type { Token } from '../../../core/token/token.ts';
import { instant } from '../../../core/units/instant.ts';

const at = instant(BigInt(Date.UTC(2026, 2, 2, 10)));
const token: Token = { tokenId: 'Card1', operatorId: 'op1', status: 'Accepted' };

describe('authorizeToken', () => {
  it('an unknown token is invalid', () => {
    expect(authorizeToken(undefined, undefined, at)).toEqual({ status: 'Invalid' });
  });

  it('a token may charge until the instant it expires', () => {
    const until = (validUntil: string) => authorizeToken({ ...token, validUntil }, undefined, at);

    expect(until('2026-03-02T11:00:00.001+01:00')).toEqual({
      status: 'Accepted',
      expiryDate: '2026-03-02T10:00:00.001Z',
    });
    expect(until('2026-03-02T10:00:00Z').status).toBe('Expired');
  });

  it('a blocked token stays blocked after it expires', () => {
    const blocked: Token = { ...token, status: 'Blocked', validUntil: '2020-01-01T00:00:00Z' };

    expect(authorizeToken(blocked, undefined, at).status).toBe('Blocked');
  });

  it('an accepted token takes the status of its group', () => {
    const member: Token = { ...token, parentTokenId: 'FLEET' };
    const group: Token = { tokenId: 'FLEET', operatorId: 'op1', status: 'Blocked' };

    expect(authorizeToken(member, undefined, at)).toEqual({
      status: 'Accepted',
      parentTokenId: 'FLEET',
    });
    expect(authorizeToken(member, group, at).status).toBe('Blocked');
    expect(authorizeToken({ ...member, status: 'Invalid' }, group, at).status).toBe('Invalid');
  });

  it('a token that belongs to no group and never expires is answered without either', () => {
    expect(authorizeToken(token, undefined, at)).toStrictEqual({ status: 'Accepted' });
  });

  it('a token id is compared without case and surrounding blanks', () => {
    expect(normalizeTokenId(' card1 ')).toBe('CARD1');
  });
});
