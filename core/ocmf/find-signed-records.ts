import { bytesToHex } from '@noble/hashes/utils.js';
import { type JsonLiteral, readJsonLiterals } from '../units/json-literals.ts';
import { readBase64, readHex, readLatin1, readUtf8 } from './decode-text.ts';
import { isOcmfObject, type OcmfObject } from './ocmf-fields.ts';
import { readTransparencyXml } from './read-transparency-xml.ts';
import { formatOfName, formatOfText, type SignedFormat } from './signed-format.ts';

/** A signed record as a charger delivered it. */
export type SignedRecord = {
  readonly format: SignedFormat;
  /** The record out of its wrappings, otherwise unchanged; binary ones stay in the text that they came in. */
  readonly record: string;
  /** The key that came with it, unchanged. It proves nothing until it is known from elsewhere. */
  readonly publicKey?: string;
};

/** Facts about a text known from its wrapping. */
type Wrapping = { readonly format?: SignedFormat | undefined; readonly publicKey?: string };

/** JSON in hex in XML in base64 is more than any charger does. */
const deepest = 6;

/**
 * Finds the signed records in a signed value of OCPP, whichever way it is wrapped: the JSON text of SignedMeterValueType
 * (1.6) or its object (2.x, as text), with `signedMeterValue` in place of `signedMeterData`, the record itself, hex,
 * base64, or the XML of the Transparenzsoftware, which holds several. `format` is what the charger calls it
 * (`encodingMethod`), and counts where the record does not show it. Everything else is one record of format `unknown`.
 */
export const findSignedRecords = (value: string, format?: string): readonly SignedRecord[] => {
  if (value.trim() === '') return [];
  const wrapping = { format: formatOfName(format) };
  return unwrap(value, wrapping, deepest) ?? [recordOf(value, wrapping)];
};

/** Shorter than any record, and longer than any number that a charger measures. */
const shortest = 24;

/**
 * True when a value that nobody calls signed is one all the same: it shows a record of a known format, or it is the JSON
 * or XML that records are wrapped in. A number never is.
 */
export const holdsSignedRecord = (value: string): boolean =>
  value.length >= shortest && unwrap(value, {}, deepest) !== undefined;

const recordOf = (text: string, { format, publicKey }: Wrapping, seen?: SignedFormat) => ({
  format: seen ?? format ?? 'unknown',
  record: text,
  ...(publicKey !== undefined && { publicKey }),
});

/** The records in a text; undefined when it does not look like any. */
const unwrap = (
  text: string,
  wrapping: Wrapping,
  depth: number,
): readonly SignedRecord[] | undefined => {
  const seen = formatOfText(text);
  if (seen !== undefined) return [recordOf(text, wrapping, seen)];
  if (depth === 0) return undefined;
  const start = text.trimStart().charAt(0);
  if (start === '{' || start === '[') return unwrapJson(text, wrapping, depth);
  if (start === '<') return unwrapXml(text, wrapping, depth);
  return unwrapBytes(text, wrapping, depth);
};

const unwrapJson = (text: string, wrapping: Wrapping, depth: number) => {
  const read = readJsonLiterals(text);
  return read.kind === 'json' ? unwrapValue(read.value, wrapping, depth) : undefined;
};

const unwrapValue = (
  value: JsonLiteral,
  wrapping: Wrapping,
  depth: number,
): readonly SignedRecord[] | undefined => {
  if (depth === 0) return undefined;
  if (Array.isArray(value)) {
    const found = value.flatMap((each) => unwrapValue(each, wrapping, depth - 1) ?? []);
    return found.length > 0 ? found : undefined;
  }
  if (!isOcmfObject(value)) return undefined;
  const inner = value['signedMeterData'] ?? value['signedMeterValue'];
  if (inner === undefined) return undefined;
  const own = wrappingOf(value, wrapping);
  if (typeof inner !== 'string') return unwrapValue(inner, own, depth - 1);
  return unwrap(inner, own, depth - 1) ?? [recordOf(inner, own)];
};

const wrappingOf = (from: OcmfObject, outer: Wrapping): Wrapping => {
  const [method, key] = [from['encodingMethod'], from['publicKey']];
  return {
    ...outer,
    format: (typeof method === 'string' ? formatOfName(method) : undefined) ?? outer.format,
    ...(typeof key === 'string' && key.trim() !== '' && { publicKey: key }),
  };
};

const unwrapXml = (text: string, outer: Wrapping, depth: number) => {
  const found = readTransparencyXml(text).flatMap(({ data, format, publicKey }) => {
    const own: Wrapping = {
      ...outer,
      format: formatOfName(format) ?? outer.format,
      ...(publicKey !== undefined && { publicKey }),
    };
    return unwrap(data, own, depth - 1) ?? [recordOf(data, own)];
  });
  return found.length > 0 ? found : undefined;
};

const isOcmf = (bytes: Uint8Array): boolean => readLatin1(bytes.subarray(0, 5)) === 'OCMF|';

/** A record to be parsed: its text, or the bytes encoded by a text, if they are not UTF-8. */
export const receivedRecord = (record: string): string | Uint8Array => {
  if (record.trimStart().startsWith('OCMF|')) return record;
  const bytes = readHex(record) ?? readBase64(record);
  return bytes !== undefined && isOcmf(bytes) ? bytes : record;
};

const unwrapBytes = (text: string, wrapping: Wrapping, depth: number) => {
  const bytes = readHex(text) ?? readBase64(text);
  if (bytes === undefined) return undefined;
  // A message of the Smart Message Language begins with its escape sequence.
  if (bytesToHex(bytes.subarray(0, 8)) === '1b1b1b1b01010101') {
    return [recordOf(text, wrapping, wrapping.format ?? 'edl')];
  }
  const inner = readUtf8(bytes);
  if (inner !== undefined) return unwrap(inner, wrapping, depth - 1);
  // Signed over bytes that are not UTF-8, so these are what has to be kept.
  return isOcmf(bytes) ? [recordOf(text, wrapping, 'ocmf')] : undefined;
};
