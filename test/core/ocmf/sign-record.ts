import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { CurveName } from '../../../core/ocmf/curves.ts';

/** The curves as OpenSSL calls them. */
export const opensslNames: Readonly<Record<CurveName, string>> = {
  secp192k1: 'secp192k1',
  secp192r1: 'prime192v1',
  secp256k1: 'secp256k1',
  secp256r1: 'prime256v1',
  secp384r1: 'secp384r1',
  brainpoolP256r1: 'brainpoolP256r1',
  brainpoolP384r1: 'brainpoolP384r1',
};

/** Every curve that meters sign with. */
export const curveNames = Object.keys(opensslNames) as CurveName[];

/** A meter that signs: its own key, by another implementation than the one that verifies. */
export type Signer = {
  readonly curve: CurveName;
  readonly privateKey: KeyObject;
  /** SPKI in DER. */
  readonly spki: Buffer;
};

/** A meter with a new key. */
export const newSigner = (curve: CurveName): Signer => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: opensslNames[curve] });
  return { curve, privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) };
};

/** The point in a key, 04 and both coordinates. */
export const pointOf = ({ spki, curve }: Signer): Buffer => spki.subarray(-(2 * sizeOf(curve) + 1));

/** The same point, compressed. */
export const compressedPointOf = (signer: Signer): Buffer => {
  const point = pointOf(signer);
  const sign = 2 + ((point.at(-1) ?? 0) & 1);
  return Buffer.concat([Buffer.of(sign), point.subarray(1, 1 + sizeOf(signer.curve))]);
};

const sizeOf = (curve: CurveName): number => Number(/\d{3}/.exec(curve)?.[0]) / 8;

/** The signature over a payload, as DER or as r and s. */
export const signatureOf = (
  { privateKey }: Signer,
  payload: string | Uint8Array,
  dsaEncoding: 'der' | 'ieee-p1363' = 'der',
): Buffer => sign('sha256', Buffer.from(payload), { key: privateKey, dsaEncoding });

/** An OCMF record with a payload of these fields or exactly this text. */
export const signedRecord = (
  signer: Signer,
  payload: string | object,
  section: object = {},
): string => {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signature = {
    SA: `ECDSA-${signer.curve}-SHA256`,
    SD: signatureOf(signer, text).toString('hex'),
    ...section,
  };
  return `OCMF|${text}|${JSON.stringify(signature)}`;
};

/** The payload of a session from 1833.50 to 1846.00 kWh, with the given fields replaced. */
export const samplePayload = (fields: object = {}) => ({
  FV: '1.0',
  GI: 'Test gateway',
  GS: 'G-1',
  GV: '1.0',
  PG: 'T12',
  MV: 'Test meters',
  MM: 'M1',
  MS: 'M-1',
  MF: '1.0',
  IS: true,
  IL: 'VERIFIED',
  IF: ['RFID_PLAIN'],
  IT: 'ISO14443',
  ID: '1F2D3A4F5506C7',
  RD: [sampleReading('B', 10, '1833.50'), sampleReading('E', 11, '1846.00')],
  ...fields,
});

/** One reading at an hour of a day; the value is text, as some meters write it. */
export const sampleReading = (
  transaction: string,
  hour: number,
  value: string,
  fields: object = {},
) => ({
  TM: `2026-03-02T${String(hour).padStart(2, '0')}:00:00,000+0100 S`,
  TX: transaction,
  RV: value,
  RI: '1-b:1.8.0',
  RU: 'kWh',
  RT: 'AC',
  EF: '',
  ST: 'G',
  ...fields,
});
