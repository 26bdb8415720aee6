import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { curveOfAlgorithm } from '../../../core/ocmf/curves.ts';
import { readPublicKey } from '../../../core/ocmf/read-public-key.ts';
import { newSigner, pointOf } from './sign-record.ts';

const signer = newSigner('secp256r1');
const hex = signer.spki.toString('hex');
const point = new Uint8Array(pointOf(signer));

describe('readPublicKey', () => {
  it('readPublicKey reads the same point from every encoding', () => {
    const bare = pointOf(signer).subarray(1).toString('base64');

    for (const text of [hex, `\n${hex}\n`, signer.spki.toString('base64'), bare]) {
      expect(readPublicKey(text, 'secp256r1')).toEqual({ kind: 'key', point });
    }
  });

  it('readPublicKey reads a key only in its stated encoding', () => {
    expect(readPublicKey(hex, 'secp256r1', 'hex')).toMatchObject({ kind: 'key' });
    expect(readPublicKey(hex, 'secp256r1', 'base64')).toEqual({ kind: 'unreadable' });
    expect(readPublicKey(signer.spki.toString('base64'), 'secp256r1', 'hex')).toEqual({
      kind: 'unreadable',
    });
  });

  it('readPublicKey names the curve of a key on another curve', () => {
    expect(readPublicKey(hex, 'secp256k1')).toEqual({
      kind: 'another-curve',
      curve: 'secp256r1',
    });
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
    const text = publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
    expect(readPublicKey(text, 'secp256k1')).toEqual({ kind: 'another-curve', curve: undefined });
  });

  it('readPublicKey rejects a bare point of another length or off the curve', () => {
    const bare = pointOf(signer).subarray(1).toString('hex');

    expect(readPublicKey(bare, 'secp384r1')).toEqual({ kind: 'unreadable' });
    expect(readPublicKey(bare, 'brainpoolP256r1')).toEqual({ kind: 'unreadable' });
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  const lastByte = Number.parseInt(hex.slice(-2), 16);
  it.each([
    ['empty text', ''],
    ['a word', 'the key!'],
    ['an RSA key', rsa.export({ format: 'der', type: 'spki' }).toString('hex')],
    ['a key that is cut off', hex.slice(0, -2)],
    ['a key with a byte too many', `${hex}00`],
    ['a point off the curve', hex.slice(0, -2) + (lastByte ^ 1).toString(16).padStart(2, '0')],
    ['a bit string that begins within a byte', hex.replace('034200', '034201')],
    ['the point at infinity', '00'],
    ['zeros', '00'.repeat(64)],
    ['an empty OCA string', 'oca:base16:asn1:'],
    ['an OCA string in an unknown base', `oca:base32:asn1:${hex}`],
  ])('readPublicKey cannot read %s', (_about, text) => {
    expect(readPublicKey(text, 'secp256r1')).toEqual({ kind: 'unreadable' });
  });
});

describe('curveOfAlgorithm', () => {
  it.each([
    ['ECDSA-secp192k1-SHA256', 'secp192k1'],
    ['ECDSA-brainpool256r1-SHA256', 'brainpoolP256r1'],
    ['ECDSA-brainpoolP256r1-SHA256', 'brainpoolP256r1'],
    ['ECDSA-brainpool384r1-SHA256', 'brainpoolP384r1'],
    ['ecdsa-SECP384R1-sha256', 'secp384r1'],
    ['ECDSA-prime256v1-SHA256', 'secp256r1'],
    ['ECDSA-secp256r1-SHA512', undefined],
    ['ECDSA-secp521r1-SHA256', undefined],
    ['ECDSA-constructor-SHA256', undefined],
    ['', undefined],
  ])('curveOfAlgorithm maps the algorithm "%s" to the curve %s', (algorithm, curve) => {
    expect(curveOfAlgorithm(algorithm)).toBe(curve);
  });
});
