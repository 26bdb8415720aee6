import { type ECDSA, ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type CurveName, curves } from './curves.ts';

/**
 * Plain JavaScript and not the runtime's own cryptography: which curves a managed runtime carries is nobody's promise,
 * and a verdict on a meter must be the same wherever a CDR is made or verified. It costs a few milliseconds a record.
 */
const checkers = new Map<CurveName, ECDSA>();

const checkerOf = (name: CurveName): ECDSA => {
  const known = checkers.get(name);
  if (known !== undefined) return known;
  const { p, a, b, n, Gx, Gy } = curves[name];
  // Meters do not care which of the two equivalent values of s they write.
  const made = ecdsa(weierstrass({ p, a, b, n, h: 1n, Gx, Gy }), sha256, { lowS: false });
  checkers.set(name, made);
  return made;
};

/** True when the bytes are a point of the curve, uncompressed (04) or compressed (02, 03). */
export const isPointOf = (name: CurveName, point: Uint8Array): boolean =>
  checkerOf(name).utils.isValidPublicKey(point);

/**
 * True when `signature` (r and s, each as long as a coordinate) is the ECDSA signature over the SHA-256 of `message`
 * by the key `point`, which must be a point of the curve. A digest longer than the curve's order is cut on the right.
 */
export const checkSignature = (
  name: CurveName,
  point: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean => checkerOf(name).verify(signature, message, point);
