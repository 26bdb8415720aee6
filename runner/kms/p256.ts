import { createECDH, type KeyObject, randomBytes } from 'node:crypto';

/**
 * Signing a digest that somebody else has computed, on P-256 (FIPS 186-5, section 6.4). Node signs messages only, so
 * the scalar arithmetic is done here. It does not run in constant time: fit for keys of one machine, and for these alone.
 */

const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

type Point = { readonly x: bigint; readonly y: bigint };

/** Signs a SHA-256 digest of 32 bytes; gives r and s in DER. */
export function signDigest(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const secret = toBigInt(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  for (;;) {
    const nonce = toBigInt(randomBytes(32));
    if (nonce === 0n || nonce >= ORDER) {
      continue;
    }
    const r = timesGenerator(nonce).x % ORDER;
    const s = modulo(inverse(nonce, ORDER) * (toBigInt(digest) + r * secret), ORDER);
    if (r !== 0n && s !== 0n) {
      return derSignature(r, s);
    }
  }
}

/** Whether a signature in DER is a public key's for a SHA-256 digest of 32 bytes. */
export function verifyDigest(
  publicKey: KeyObject,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { x, y } = publicKey.export({ format: 'jwk' });
  const key = { x: fromBase64Url(x ?? ''), y: fromBase64Url(y ?? '') };
  const numbers = readDerSignature(Buffer.from(signature));
  if (numbers === undefined) {
    return false;
  }
  const [r, s] = numbers;
  if (r <= 0n || r >= ORDER || s <= 0n || s >= ORDER) {
    return false;
  }
  const w = inverse(s, ORDER);
  const fromDigest = modulo(toBigInt(digest) * w, ORDER);
  const fromKey = times(key, modulo(r * w, ORDER));
  const sum = fromDigest === 0n ? fromKey : add(timesGenerator(fromDigest), fromKey);
  return sum !== undefined && sum.x % ORDER === r;
}

function timesGenerator(scalar: bigint): Point {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(toBytes(scalar));
  const point = ecdh.getPublicKey();
  return { x: toBigInt(point.subarray(1, 33)), y: toBigInt(point.subarray(33)) };
}

function times(point: Point, scalar: bigint): Point | undefined {
  let sum: Point | undefined;
  for (const bit of scalar.toString(2)) {
    sum = add(sum, sum);
    sum = bit === '1' ? add(sum, point) : sum;
  }
  return sum;
}

/** Adds two points; undefined is the point at infinity. */
function add(a: Point | undefined, b: Point | undefined): Point | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  if (a.x === b.x && modulo(a.y + b.y, FIELD) === 0n) {
    return undefined;
  }
  const slope =
    a.x === b.x
      ? modulo((3n * a.x * a.x - 3n) * inverse(2n * a.y, FIELD), FIELD)
      : modulo((b.y - a.y) * inverse(b.x - a.x, FIELD), FIELD);
  const x = modulo(slope * slope - a.x - b.x, FIELD);
  return { x, y: modulo(slope * (a.x - x) - a.y, FIELD) };
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [modulo(value, modulus), modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b] = [b % a, a];
    [x, y] = [y - quotient * x, x];
  }
  return modulo(x, modulus);
}

function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

function fromBase64Url(text: string): bigint {
  return toBigInt(Buffer.from(text, 'base64url'));
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

function derSignature(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([r, s].map(derInteger));
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  // DER integers are signed: a leading bit that is set needs a zero before it.
  const positive = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

function readDerSignature(der: Buffer): readonly [bigint, bigint] | undefined {
  const firstLength = der[3] ?? 0;
  const second = 4 + firstLength;
  const secondLength = der[second + 1] ?? 0;
  const wellFormed =
    der[0] === 0x30 &&
    der[1] === der.length - 2 &&
    der[2] === 0x02 &&
    der[second] === 0x02 &&
    second + 2 + secondLength === der.length;
  return wellFormed
    ? [toBigInt(der.subarray(4, second)), toBigInt(der.subarray(second + 2))]
    : undefined;
}
