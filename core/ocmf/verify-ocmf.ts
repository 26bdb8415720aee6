import { checkSignature } from './check-signature.ts';
import { type CurveName, curveOfAlgorithm, curves } from './curves.ts';
import { readBase64, readHex } from './decode-text.ts';
import type { OcmfRecord } from './ocmf-record.ts';
import { type ParsedOcmf, parseOcmf } from './parse-ocmf.ts';
import { type KeyEncoding, readPublicKey } from './read-public-key.ts';
import { readSignature, type SignatureForm } from './read-signature.ts';
import { type OcmfRemark, ocmfRemarks } from './remarks.ts';

/** A public key as it was registered or printed. */
export type PublicKeyText = { readonly text: string; readonly encoding?: KeyEncoding };

/** Why a record is not verified, each with a sentence. `invalid` speaks against the record, `unverified` does not. */
export const ocmfRefusals = {
  RECORD_MALFORMED: ['invalid', 'This is not an OCMF record.'],
  SIGNATURE_MISSING: ['invalid', 'The record has no signature.'],
  SIGNATURE_MALFORMED: [
    'invalid',
    'The signature is neither DER nor the plain r and s of its curve.',
  ],
  SIGNATURE_DOES_NOT_MATCH: ['invalid', 'The signature does not match this text and this key.'],
  KEY_OF_ANOTHER_CURVE: ['invalid', 'The public key is on a different curve than the signature.'],
  ALGORITHM_UNKNOWN: [
    'unverified',
    'The record was signed with an algorithm that is not supported.',
  ],
  KEY_MISSING: ['unverified', 'No public key is known for the meter.'],
  KEY_UNREADABLE: ['unverified', 'The public key cannot be read, or is not a point on the curve.'],
} as const satisfies Record<string, readonly ['invalid' | 'unverified', string]>;

/** The code of a reason why a record is not verified. */
export type OcmfRefusal = keyof typeof ocmfRefusals;

/** The result of verifying a record. `record` is present whenever it could be parsed. */
export type OcmfVerdict =
  | {
      readonly kind: 'valid';
      readonly record: OcmfRecord;
      readonly curve: CurveName;
      readonly signatureForm: SignatureForm;
      /** Oddities, including why the Transparenzsoftware would refuse the record nevertheless. */
      readonly remarks: readonly OcmfRemark[];
    }
  | {
      readonly kind: 'invalid' | 'unverified';
      readonly reason: OcmfRefusal;
      readonly message: string;
      readonly record?: OcmfRecord;
      readonly remarks: readonly OcmfRemark[];
    };

/**
 * Verifies a record with the public key of its meter: ECDSA with SHA-256 over exactly the payload received. A key must
 * be of the curve that the record names; a valid signature that the Transparenzsoftware refuses is valid, with remarks.
 */
export const verifyOcmf = (
  received: string | Uint8Array,
  publicKey: PublicKeyText | undefined,
): OcmfVerdict => verifyParsed(parseOcmf(received), publicKey);

/** Verifies what was parsed already, as verifyOcmf does: several keys can be tried on one record. */
export const verifyParsed = (
  parsed: ParsedOcmf,
  publicKey: PublicKeyText | undefined,
): OcmfVerdict => {
  if (parsed.kind === 'malformed') {
    const [kind] = ocmfRefusals.RECORD_MALFORMED;
    return { kind, reason: 'RECORD_MALFORMED', message: parsed.message, remarks: [] };
  }
  return verifyRecord(parsed.record, publicKey);
};

const refuse = (reason: OcmfRefusal, record: OcmfRecord): OcmfVerdict => {
  const [kind, message] = ocmfRefusals[reason];
  return { kind, reason, message, record, remarks: record.remarks };
};

const verifyRecord = (record: OcmfRecord, publicKey: PublicKeyText | undefined): OcmfVerdict => {
  const curve = curveOfAlgorithm(record.signature.algorithm);
  if (curve === undefined) return refuse('ALGORITHM_UNKNOWN', record);
  if (record.signature.data === undefined) return refuse('SIGNATURE_MISSING', record);
  const signature = signatureOf(record, curve);
  if (signature === undefined) return refuse('SIGNATURE_MALFORMED', record);
  if (publicKey === undefined) return refuse('KEY_MISSING', record);
  const key = readPublicKey(publicKey.text, curve, publicKey.encoding);
  if (key.kind === 'unreadable') return refuse('KEY_UNREADABLE', record);
  if (key.kind === 'another-curve') return refuse('KEY_OF_ANOTHER_CURVE', record);
  if (!checkSignature(curve, key.point, record.payload, signature.rs)) {
    return refuse('SIGNATURE_DOES_NOT_MATCH', record);
  }
  const remarks = withForm(record.remarks, signature.form);
  return { kind: 'valid', record, curve, signatureForm: signature.form, remarks };
};

const signatureOf = ({ signature }: OcmfRecord, curve: CurveName) => {
  const read = signature.encoding.toLowerCase() === 'base64' ? readBase64 : readHex;
  const bytes = read(signature.data ?? '');
  return bytes && readSignature(bytes, curves[curve].bytes);
};

const withForm = (remarks: readonly OcmfRemark[], form: SignatureForm): readonly OcmfRemark[] => {
  if (form === 'der') return remarks;
  const own = form === 'raw' ? 'RAW_SIGNATURE' : 'MALFORMED_INTEGER';
  return (Object.keys(ocmfRemarks) as OcmfRemark[]).filter(
    (code) => code === own || remarks.includes(code),
  );
};
