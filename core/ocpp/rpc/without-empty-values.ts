import { parseJson } from './parse-json.ts';

/** A text in JSON, or a colon with nothing behind it. */
const textOrEmptyValue = /"(?:[^"\\]|\\.)*"|:\s*(?=[,}])/g;

/**
 * Reads a payload with properties that have no value, as in `"transactionId":,`: null is put there. Undefined for one that
 * is no JSON for another reason.
 */
export const withoutEmptyValues = (
  payload: string | undefined,
): { readonly payload: unknown; readonly raw: string } | undefined => {
  const raw = payload?.replace(textOrEmptyValue, (found) =>
    found.startsWith('"') ? found : ':null',
  );
  if (raw === undefined || raw === payload) return undefined;
  const parsed = parseJson(raw);
  return parsed === undefined ? undefined : { payload: parsed.value, raw };
};
