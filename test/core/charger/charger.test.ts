import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
  isChargerId,
  isChargerPassword,
  isConnectionToken,
  isHardToGuess,
  plainSecret,
} from '../../../core/charger/charger-secrets.ts';
import { passwordForms } from '../../../core/charger/password-forms.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 37) % 256);

describe('charger identity and secrets', () => {
  it('chargerKey is the same for a charger id in upper or lower case', () => {
    expect(chargerKey('op_a', 'DE*abc*E1')).toBe(chargerKey('op_a', 'de*ABC*e1'));
  });

  it('chargerKey never repeats across operators, whatever the charger ids', () => {
    const id = fc.string({ unit: 'binary-ascii' }).filter(isChargerId);

    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(chargerKey('op_a', one)).not.toBe(chargerKey('op_b', other));
      }),
    );
  });

  it.each(['CP 1 ', ' CP 1', '', 'a/b', 'a%2Fb', 'a?b', 'a#b', '.', '..', 'ü', 'x'.repeat(49)])(
    'isChargerId rejects %j',
    (id) => {
      expect(isChargerId(id)).toBe(false);
    },
  );

  it('plainSecret creates secrets in the form that is recognized later', () => {
    expect(plainSecret(bytes(40), chargerPasswordLength)).toMatch(/^[A-Za-z2-9]{20}$/);
    expect(isConnectionToken(plainSecret(bytes(60), connectionTokenLength))).toBe(true);
    expect(isConnectionToken('short')).toBe(false);
  });

  it('plainSecret creates passwords in the form that an operator may choose', () => {
    expect(isChargerPassword(plainSecret(bytes(40), chargerPasswordLength))).toBe(true);
    for (const wrong of ['x'.repeat(15), 'x'.repeat(41), `${'x'.repeat(16)} `, 'ü'.repeat(16)]) {
      expect(isChargerPassword(wrong)).toBe(false);
    }
  });

  it('every password that we make is hard to guess, and so is any of as many random characters', () => {
    for (let n = 0; n < 200; n += 1) {
      expect(isHardToGuess(plainSecret(randomBytes(60), chargerPasswordLength))).toBe(true);
      expect(isHardToGuess(randomBytes(20).toString('hex'))).toBe(true);
    }
    for (const guessed of ['a'.repeat(20), '12345678901234567890', 'secretsecretsecret']) {
      expect(isHardToGuess(guessed)).toBe(false);
    }
  });

  it('a charger may send its password as text, as hexadecimal digits or as the bytes of those digits', () => {
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

  it('plainSecret throws rather than create a secret that is too short', () => {
    expect(() => plainSecret(bytes(5), chargerPasswordLength)).toThrow('too few random bytes');
  });
});
