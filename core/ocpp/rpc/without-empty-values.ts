import { parseJson } from './parse-json.ts';

/**
 * A text in JSON, a colon with nothing behind it, or commas, with the bracket before them. Whatever it begins with is read once: a
 * frame that is all commas takes no longer than another one.
 */
const textOrEmptyValue = /"(?:[^"\\]|\\.)*"|:\s*(?=[,}])|[[{]\s*,[\s,]*|,[\s,]*/g;

/** Repairs the text found in a payload at a place: commas after the first one, and those beside a bracket, stand for nothing. */
const repaired = (found: string, at: number, payload: string): string => {
  const [first = ''] = found;
  if (first === '"') return found;
  if (first === ':') return ':null';
  const isLast = /[\]}]/.test(payload.charAt(at + found.length));
  return first === ',' && isLast ? '' : first;
};

/**
 * Reads a payload with properties that have no value, as in `"transactionId":,`, where null is put there, or with elements that are
 * not there, as in `[,{}]`, which are left out. Undefined for one that is no JSON for another reason.
 */
export const withoutEmptyValues = (
  payload: string | undefined,
): { readonly payload: unknown; readonly raw: string } | undefined => {
  const raw = payload?.replace(textOrEmptyValue, repaired);
  if (raw === undefined || raw === payload) return undefined;
  const parsed = parseJson(raw);
  return parsed === undefined ? undefined : { payload: parsed.value, raw };
};
