import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { readBase64 } from '../ocmf/decode-text.ts';
import type { CertificateHash } from './certificate.ts';

/** The parts of a root certificate by which OCPP names it (CertificateHashDataType). */
export type RootCertificate = {
  /** The DER of its issuer, which is itself. */
  readonly issuer: Uint8Array;
  /** Its public key, the content of the bit string. */
  readonly publicKey: Uint8Array;
  /** Hexadecimal, lower case, without zeros in front. */
  readonly serialNumber: string;
};

type Element = {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
  readonly rest: Uint8Array;
};

/** Reads the first element of DER of any length up to 64 KB; undefined where there is no whole one. */
function element(bytes: Uint8Array): Element | undefined {
  const [tag, short, high, low] = bytes;
  if (tag === undefined || short === undefined) return undefined;
  const forms: Readonly<Record<number, readonly [start: number, length: number]>> = {
    129: [3, high ?? 0],
    130: [4, (high ?? 0) * 256 + (low ?? 0)],
  };
  const [start, length] = short < 128 ? [2, short] : (forms[short] ?? [0, -1]);
  const end = start + length;
  if (length < 0 || end > bytes.length) return undefined;
  const [content, whole] = [bytes.subarray(start, end), bytes.subarray(0, end)];
  return { tag, content, whole, rest: bytes.subarray(end) };
}

function* elements(bytes: Uint8Array): Generator<Element> {
  for (let one = element(bytes); one !== undefined; one = element(one.rest)) yield one;
}

const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');

const isSame = (a: Uint8Array, b: Uint8Array): boolean => bytesToHex(a) === bytesToHex(b);

/** Reads a root certificate from PEM; undefined for what is no certificate, and for one that another one issued. */
export function readRootCertificate(pem: string): RootCertificate | undefined {
  const [, text = ''] =
    /^-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----$/.exec(pem.trim()) ??
    [];
  const certificate = element(readBase64(text) ?? Uint8Array.of());
  const body = certificate && element(certificate.content);
  if (certificate?.rest.length !== 0 || body === undefined) return undefined;
  // An explicit version stands before the rest (RFC 5280 section 4.1).
  const fields = [...elements(body.content)].filter(({ tag }) => tag !== 0xa0);
  const [serial, , issuer, , subject, keyInfo] = fields;
  const bits = keyInfo && [...elements(keyInfo.content)][1];
  if (serial?.tag !== 0x02 || bits?.tag !== 0x03) return undefined;
  if (issuer === undefined || subject === undefined) return undefined;
  if (!isSame(issuer.whole, subject.whole)) return undefined;
  return {
    issuer: issuer.whole,
    // The first byte counts unused bits.
    publicKey: bits.content.subarray(1),
    serialNumber: plainSerial(bytesToHex(serial.content)),
  };
}

const hashes = { SHA256: sha256, SHA384: sha384, SHA512: sha512 } as const;

/** The name of a root certificate in OCPP, by a hash function. */
export const certificateHash = (
  { issuer, publicKey, serialNumber }: RootCertificate,
  algorithm: CertificateHash['algorithm'] = 'SHA256',
): CertificateHash => {
  const hash = (bytes: Uint8Array): string => bytesToHex(hashes[algorithm](bytes));
  return {
    algorithm,
    issuerNameHash: hash(issuer),
    issuerKeyHash: hash(publicKey),
    serialNumber,
  };
};

/** Whether a charger names a certificate. */
export const isNamed = (certificate: RootCertificate, name: CertificateHash): boolean => {
  const own = certificateHash(certificate, name.algorithm);
  return (
    own.issuerNameHash === name.issuerNameHash.toLowerCase() &&
    own.issuerKeyHash === name.issuerKeyHash.toLowerCase() &&
    own.serialNumber === plainSerial(name.serialNumber)
  );
};
