import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
  isChargerId,
  isChargerPassword,
  isConnectionToken,
  plainSecret,
} from '../../../core/charger/charger-secrets.ts';
import { passwordForms } from '../../../core/charger/password-forms.ts';

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

  it('gets a password of the form that an operator may choose, too', () => {
    expect(isChargerPassword(plainSecret(bytes(40), chargerPasswordLength))).toBe(true);
    for (const wrong of ['x'.repeat(15), 'x'.repeat(41), `${'x'.repeat(16)} `, 'ü'.repeat(16)]) {
      expect(isChargerPassword(wrong)).toBe(false);
    }
  });

  it('may send its password as it is, in hexadecimal digits, or as the bytes that its digits stand for', () => {
    const password = fc
      .string({ unit: 'binary-ascii', minLength: 16, maxLength: 40 })
      .filter(isChargerPassword);
    const hexOf = (text: string) => Buffer.from(text, 'latin1').toString('hex');

    fc.assert(
      fc.property(password, (given) => {
        expect(passwordForms(given)[0]).toBe(given);
        expect(passwordForms(hexOf(given))).toContain(given);
        expect(passwordForms(hexOf(given).toUpperCase())).toContain(given);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 20 }), (key) => {
        const digits = Buffer.from(key).toString('hex');
        const sent = passwordForms(Buffer.from(key).toString('latin1'));
        expect(sent).toContain(digits);
        expect(sent).toContain(digits.toUpperCase());
        expect(passwordForms(digits.toUpperCase())).toContain(digits);
      }),
    );
  });

  it('never gets a secret shorter than it should be', () => {
    expect(() => plainSecret(bytes(5), chargerPasswordLength)).toThrow('too few random bytes');
  });
});
