import { isJsonObject, type JsonObject } from '../json-object.ts';
import { v16Forgivenesses, v16Mends, v16Notices } from '../quirks/v16-quirks.ts';
import type { Fault } from '../rpc/fault.ts';
import type { Validator, Violation } from '../validator.ts';
import type { Forgiven } from './forgiven.ts';

/** A payload that can be read, with the names of the tolerances it needed; or why it cannot. */
export type ReadPayload<Message> =
  | {
      readonly kind: 'read';
      readonly payload: Forgiven<Message>;
      readonly quirks: readonly string[];
    }
  | { readonly kind: 'refused'; readonly fault: Fault; readonly reason: string };

/**
 * Checks a payload against its official schema; where that fails, repairs it by the known quirks and checks again.
 * `raw` is the payload's own text. What is neither valid nor tolerated is refused by the first rule it breaks.
 */
export const readPayload = <Message>(
  action: string,
  validate: Validator<Message>,
  payload: unknown,
  raw: string,
): ReadPayload<Message> => {
  if (!isJsonObject(payload)) {
    const reason = `The payload of ${action} is no JSON object.`;
    return { kind: 'refused', fault: 'malformed-payload', reason };
  }
  if (validate(payload)) return read(action, payload, []);

  const { mended, names } = mend(action, payload, raw);
  if (validate(mended)) return read(action, mended, names);

  const violations = validate.errors ?? [];
  const forgiven = violations.map((violation) => forgiver(action, violation));
  const unforgiven = violations.find((_violation, index) => forgiven[index] === undefined);
  if (unforgiven !== undefined) return refusal(action, unforgiven);
  return read(action, mended, [...names, ...forgiven.filter((name) => name !== undefined)]);
};

const read = <Message>(
  action: string,
  payload: JsonObject,
  names: readonly string[],
): ReadPayload<Message> => {
  const noticed = v16Notices.filter((notice) => notice.applies(action, payload));
  const quirks = [...new Set([...names, ...noticed.map(({ name }) => name)])];
  return { kind: 'read', payload: payload as Forgiven<Message>, quirks };
};

const mend = (
  action: string,
  payload: JsonObject,
  raw: string,
): { readonly mended: JsonObject; readonly names: readonly string[] } => {
  let mended = payload;
  const names: string[] = [];
  for (const quirk of v16Mends) {
    if (!quirk.applies(action, mended)) continue;
    mended = quirk.mend(mended, raw);
    names.push(quirk.name);
  }
  return { mended, names };
};

const forgiver = (action: string, violation: Violation): string | undefined =>
  v16Forgivenesses.find((quirk) => quirk.forgives(action, violation))?.name;

const faults: Readonly<Record<string, Fault>> = {
  required: 'missing-property',
  type: 'wrong-type',
  additionalProperties: 'malformed-payload',
};

const refusal = (
  action: string,
  { keyword, instancePath, message }: Violation,
): { readonly kind: 'refused'; readonly fault: Fault; readonly reason: string } => ({
  kind: 'refused',
  fault: faults[keyword] ?? 'wrong-value',
  reason: `${action}${instancePath} ${message ?? `breaks the rule ${keyword}`}.`,
});
