import { describe, expect, it } from 'vitest';
import { isMasterPass } from '../../../core/token/is-master-pass.ts';

describe('isMasterPass', () => {
  it('a token of the master group is one, in upper or lower case', () => {
    expect(isMasterPass({ parentTokenId: 'Guards' }, ' GUARDS')).toBe(true);
  });

  it.each([
    ['a token of another group', { parentTokenId: 'FLEET' }, 'GUARDS'],
    ['a token of no group', {}, 'GUARDS'],
    ['an unknown token', undefined, 'GUARDS'],
    ['any token where the operator has no master group', { parentTokenId: 'GUARDS' }, undefined],
    ['a token of no group where the operator has no master group', {}, undefined],
  ] as const)('%s is not one', (_, token, group) => {
    expect(isMasterPass(token, group)).toBe(false);
  });
});
