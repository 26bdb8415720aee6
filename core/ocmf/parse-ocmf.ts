import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type JsonLiteral, readJsonLiterals } from '../units/json-literals.ts';
import { readLatin1, readUtf8 } from './decode-text.ts';
import { given, isOcmfObject, type OcmfObject, type Remark, textField } from './ocmf-fields.ts';
import type { OcmfRecord, OcmfSignature } from './ocmf-record.ts';
import { readReadings } from './read-readings.ts';
import { type OcmfRemark, ocmfRemarks } from './remarks.ts';
import { type OcmfSections, splitSections } from './split-sections.ts';

/** The result of parsing: a record, or one sentence on why the text is not one. */
export type ParsedOcmf =
  | { readonly kind: 'record'; readonly record: OcmfRecord }
  | { readonly kind: 'malformed'; readonly message: string };

/** A longer record is refused before any work: the longest that OCPP 2.1 carries has 32768 characters. */
const longest = 262_144;

const malformed = (message: string): ParsedOcmf => ({ kind: 'malformed', message });

/**
 * Parses a record over the bytes received and never writes it again: `{"RV":2935.600}` is signed with both zeros. What
 * the format forbids but meters do is listed in `remarks`; malformed is only what is not two JSON objects after `OCMF|`.
 */
export const parseOcmf = (received: string | Uint8Array): ParsedOcmf => {
  if (received.length > longest) return malformed('The record is longer than any meter writes.');
  const bytes = typeof received === 'string' ? utf8ToBytes(received) : received;
  const sections = splitSections(bytes);
  if (sections === undefined) {
    return malformed('A record has the form OCMF|payload|signature, without any other bar.');
  }
  const payload = readObject(sections.payload);
  if (payload === undefined) return malformed('The payload of the record is not a JSON object.');
  const signature = readObject(sections.signature);
  if (signature === undefined) return malformed('The signature section is not a JSON object.');
  return { kind: 'record', record: recordOf(bytes, sections, payload, signature) };
};

const textOf = (bytes: Uint8Array): string => readUtf8(bytes) ?? readLatin1(bytes);

const readObject = (section: Uint8Array): OcmfObject | undefined => {
  const read = readJsonLiterals(textOf(section));
  const value: JsonLiteral | undefined = read.kind === 'json' ? read.value : undefined;
  return isOcmfObject(value) ? value : undefined;
};

const recordOf = (
  received: Uint8Array,
  sections: OcmfSections,
  payload: OcmfObject,
  signature: OcmfObject,
): OcmfRecord => {
  const noted = new Set<OcmfRemark>();
  const remark: Remark = (code) => noted.add(code);
  remarkOnBytes(sections, remark);
  const appended = sections.appended && textOf(sections.appended).trim();
  const fields = payloadFields(payload, remark);
  return {
    text: textOf(received),
    payload: sections.payload,
    signature: signatureFields(signature, remark),
    ...fields,
    ...(appended && { appendedKey: appended }),
    remarks: (Object.keys(ocmfRemarks) as OcmfRemark[]).filter((code) => noted.has(code)),
  };
};

const remarkOnBytes = (sections: OcmfSections, remark: Remark): void => {
  if (sections.hasWhitespaceAround) remark('WHITESPACE_AROUND');
  if (sections.appended !== undefined) remark('PUBLIC_KEY_APPENDED');
  const text = readUtf8(sections.payload);
  if (text === undefined) remark('NOT_UTF8');
  // Between fields alone; a space inside a text is nothing unusual.
  if (/^\s|[{}[\],:]\s|\s[{}[\],:]|\s$/.test((text ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '""'))) {
    remark('WHITESPACE_IN_PAYLOAD');
  }
};

const signatureFields = (from: OcmfObject, remark: Remark): OcmfSignature => ({
  algorithm: textField(from, 'SA', remark) ?? 'ECDSA-secp256r1-SHA256',
  encoding: textField(from, 'SE', remark) ?? 'hex',
  ...given({ data: textField(from, 'SD', remark) }),
});

const payloadFields = (from: OcmfObject, remark: Remark) => {
  const text = (key: string) => textField(from, key, remark);
  const [formatVersion, pagination, serial] = [text('FV'), text('PG'), text('MS')];
  remarkOnVersion(formatVersion, remark);
  if (pagination === undefined || !/^[TF]\d+$/.test(pagination)) remark('PAGINATION_MISSING');
  if (serial === undefined || serial.trim() === '') remark('METER_SERIAL_MISSING');
  return {
    ...given({ formatVersion, pagination, tariffText: text('TT'), controllerFirmware: text('CF') }),
    gateway: given({ id: text('GI'), serial: text('GS'), version: text('GV') }),
    meter: given({ vendor: text('MV'), model: text('MM'), serial, firmware: text('MF') }),
    user: {
      ...(typeof from['IS'] === 'boolean' && { assigned: from['IS'] }),
      ...given({ level: text('IL'), type: text('IT'), id: text('ID') }),
      flags: textsOf(from['IF']),
    },
    chargePoint: given({ type: text('CT'), id: text('CI') }),
    ...cableOf(from['LC'], remark),
    readings: readReadings(from['RD'], remark),
  };
};

const remarkOnVersion = (version: string | undefined, remark: Remark): void => {
  if (version === undefined) remark('FORMAT_VERSION_MISSING');
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (major > 1 || (major === 1 && minor > 3)) remark('FORMAT_VERSION_AHEAD');
};

const textsOf = (value: JsonLiteral | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((flag) => typeof flag === 'string') : [];

const cableOf = (value: JsonLiteral | undefined, remark: Remark): Pick<OcmfRecord, 'cable'> => {
  if (!isOcmfObject(value)) return {};
  // Its number and its resistance are numbers by the format.
  const text = (key: string) => textField(value, key, () => {});
  const unit = textField(value, 'LU', remark);
  return { cable: given({ name: text('LN'), id: text('LI'), resistance: text('LR'), unit }) };
};
