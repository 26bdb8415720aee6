import { isJsonObject, type JsonObject } from '../../json-object.ts';
import { withNumberLiterals } from '../../rpc/number-literals.ts';
import { sampledValuesIn } from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

/** A sampled value is a JSON number instead of a string: it becomes the text that was written, digit by digit. */
export const numericValue = {
  kind: 'repairs',
  name: 'numeric-value',
  applies: (_action, payload) =>
    sampledValuesIn(payload).some(
      (sample) => isJsonObject(sample) && typeof sample['value'] === 'number',
    ),
  // The text is read again, so this one comes before all others.
  repair: (_payload, raw) => withNumberLiterals(raw, ['value']) as JsonObject,
} as const satisfies Repair;
