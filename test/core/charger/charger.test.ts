import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
  isChargerId,
  isConnectionToken,
  plainSecret,
} from '../../../core/charger/charger-secrets.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 37) % 256);

describe('a charger', () => {
  it('is the same in any case of its id', () => {
    expect(chargerKey('op_a', 'DE*abc*E1')).toBe(chargerKey('op_a', 'de*ABC*e1'));
  });

  it('of one operator is never the same as one of another, whatever their ids', () => {
    const id = fc.string({ unit: 'binary-ascii' }).filter(isChargerId);

    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(chargerKey('op_a', one)).not.toBe(chargerKey('op_b', other));
      }),
    );
  });

  it.each(['CP 1 ', ' CP 1', '', 'a/b', 'a%2Fb', 'a?b', 'a#b', '.', '..', 'ü', 'x'.repeat(49)])(
    'cannot be named %j',
    (id) => {
      expect(isChargerId(id)).toBe(false);
    },
  );

  it('gets secrets of the form that is later recognised', () => {
    expect(plainSecret(bytes(40), chargerPasswordLength)).toMatch(/^[A-Za-z2-9]{20}$/);
    expect(isConnectionToken(plainSecret(bytes(60), connectionTokenLength))).toBe(true);
    expect(isConnectionToken('short')).toBe(false);
  });

  it('never gets a secret shorter than it should be', () => {
    expect(() => plainSecret(bytes(5), chargerPasswordLength)).toThrow('too few random bytes');
  });
});
