import { isJsonObject, type JsonObject } from '../json-object.ts';
import { replaceAt, valueAt } from '../quirks/replace-at.ts';
import { v16TolerancesOf } from '../quirks/v16-quirks.ts';
import type { Fault } from '../rpc/fault.ts';
import type { Validator, Violation } from '../validator.ts';
import type { Tolerated } from './tolerated.ts';

/** A payload that can be read, with the names of the tolerances it needed; or why it cannot. */
export type ReadPayload<Message> =
  | {
      readonly kind: 'read';
      readonly payload: Tolerated<Message>;
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

  const mended = repair(action, { payload, names: [] }, raw);
  const first = judge(action, validate, mended.payload);
  if (first.kind === 'good') return read(action, mended.payload, [...mended.names, ...first.names]);

  const salvaged = repair(action, coerce(action, mended, first.violations), raw);
  const second = judge(action, validate, salvaged.payload);
  if (second.kind === 'bad') return refusal(action, first.intolerable);
  return read(action, salvaged.payload, [...salvaged.names, ...second.names]);
};

/** A payload on its way through the tolerances, with the names of those that changed it. */
type WithQuirks = { readonly payload: JsonObject; readonly names: readonly string[] };

type Judgement =
  | { readonly kind: 'good'; readonly names: readonly string[] }
  | {
      readonly kind: 'bad';
      readonly violations: readonly Violation[];
      readonly intolerable: Violation;
    };

const judge = <Message>(
  action: string,
  validate: Validator<Message>,
  payload: JsonObject,
): Judgement => {
  if (validate(payload)) return { kind: 'good', names: [] };
  const violations = validate.errors ?? [];
  const names = violations.map((violation) => toleratedBy(action, payload, violation));
  const intolerable = violations.find((_violation, index) => names[index] === undefined);
  return intolerable === undefined
    ? { kind: 'good', names: names.filter((name) => name !== undefined) }
    : { kind: 'bad', violations, intolerable };
};

const read = <Message>(
  action: string,
  payload: JsonObject,
  names: readonly string[],
): ReadPayload<Message> => {
  const noticed = v16TolerancesOf(action).flags.filter((flag) => flag.applies(payload));
  const quirks = [...new Set([...names, ...noticed.map(({ name }) => name)])];
  return { kind: 'read', payload: payload as Tolerated<Message>, quirks };
};

const repair = (action: string, { payload, names }: WithQuirks, raw: string): WithQuirks =>
  v16TolerancesOf(action).repairs.reduce<WithQuirks>(
    (tolerated, quirk) =>
      quirk.applies(action, tolerated.payload)
        ? {
            payload: quirk.repair(tolerated.payload, raw, action),
            names: [...tolerated.names, quirk.name],
          }
        : tolerated,
    { payload, names },
  );

const coerce = (
  action: string,
  tolerated: WithQuirks,
  violations: readonly Violation[],
): WithQuirks =>
  violations
    .filter(({ keyword, instancePath }) => keyword === 'type' && instancePath !== '')
    .reduce<WithQuirks>(({ payload, names }, violation) => {
      const value = valueAt(payload, violation.instancePath);
      const quirk = v16TolerancesOf(action).coercions.find((one) =>
        one.coercions(action, violation, value),
      );
      if (quirk === undefined) return { payload, names };
      const changed = replaceAt(payload, violation.instancePath, quirk.coerce(value));
      return { payload: changed as JsonObject, names: [...names, quirk.name] };
    }, tolerated);

const toleratedBy = (
  action: string,
  payload: JsonObject,
  violation: Violation,
): string | undefined => {
  const value = valueAt(payload, violation.instancePath);
  const { toleratedViolations } = v16TolerancesOf(action);
  return toleratedViolations.find((quirk) => quirk.tolerates(action, violation, value))?.name;
};

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
