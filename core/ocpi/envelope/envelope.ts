import { type JsonLiteral, NumberLiteral, readJsonLiterals } from '../../units/json-literals.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import { writeJsonLiterals } from '../../units/write-json-literals.ts';
import { type Field, fieldOf, isAbsent, textOf, wholeNumber } from '../document-field.ts';
import type { OcpiAnswer } from './answer-outcome.ts';

/** Writes an answer as a partner reads it; `timestamp` is ISO 8601 UTC. */
export const writeEnvelope = (
  { statusCode, statusMessage, data }: Omit<OcpiAnswer, 'http'>,
  timestamp: string,
): string => {
  const fields = omitUndefined({
    data,
    status_code: new NumberLiteral(String(statusCode)),
    status_message: statusMessage,
    timestamp,
  });
  return writeJsonLiterals(fields as { readonly [name: string]: JsonLiteral });
};

/** A partner's answer: its data, or the status that says why there are none. */
export type PartnerAnswer =
  | { readonly kind: 'success'; readonly data: JsonLiteral | undefined }
  /** `statusCode` is null where there is no envelope at all. */
  | { readonly kind: 'failed'; readonly statusCode: number | null; readonly message: string };

/** Reads a partner's answer. 1xxx is success; an HTTP error never is, whatever the envelope says. */
export const readEnvelope = (httpStatus: number, body: string): PartnerAnswer => {
  const read = readJsonLiterals(body);
  if (read.kind === 'malformed') {
    return { kind: 'failed', statusCode: null, message: `HTTP ${httpStatus}: ${read.message}` };
  }
  const root: Field = { path: '', value: read.value, problems: [] };
  const code = fieldOf(root, 'status_code');
  const statusCode = isAbsent(code) ? undefined : wholeNumber(code);
  const message = textOf(fieldOf(root, 'status_message')) ?? `HTTP ${httpStatus}`;
  const isSuccess = statusCode !== undefined && statusCode >= 1000 && statusCode < 2000;
  return isSuccess && httpStatus < 300
    ? { kind: 'success', data: fieldOf(root, 'data').value }
    : { kind: 'failed', statusCode: statusCode ?? null, message };
};
