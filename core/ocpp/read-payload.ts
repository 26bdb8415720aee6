import { isTooDeep } from './is-too-deep.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { replaceAt, valueAt } from './quirks/replace-at.ts';
import type { Tolerances, TolerancesOf } from './quirks/tolerances.ts';
import type { Fault } from './rpc/fault.ts';
import type { Validator, Violation } from './validator.ts';

/** A payload that can be read, with the names of the tolerances it needed; or why it cannot. */
export type ReadPayload<Payload> =
  | {
      readonly kind: 'read';
      readonly payload: Payload;
      readonly quirks: readonly string[];
    }
  | { readonly kind: 'refused'; readonly fault: Fault; readonly reason: string };

/**
 * Checks a payload against its official schema; where that fails, repairs it by the known quirks of its version and checks
 * again. `raw` is the payload's own text. What is neither valid nor tolerated is refused by the first rule it breaks.
 * `Payload` is the message as it looks after tolerance.
 */
export const readPayload = <Payload>(
  tolerancesOf: TolerancesOf,
  action: string,
  validate: Validator<unknown>,
  payload: unknown,
  raw: string,
): ReadPayload<Payload> => {
  if (!isJsonObject(payload)) {
    const reason = `The payload of ${action} is no JSON object.`;
    return { kind: 'refused', fault: 'malformed-payload', reason };
  }
  if (isTooDeep(payload)) {
    const reason = `The payload of ${action} is nested too deeply.`;
    return { kind: 'refused', fault: 'malformed-payload', reason };
  }
  const call: Judged = { action, validate, raw, tolerances: tolerancesOf(action) };
  if (validate(payload)) return read(call, payload, []);

  const repaired = repair(call, { payload, names: [] });
  const first = judge(call, repaired.payload);
  if (first.kind === 'good')
    return read(call, repaired.payload, [...repaired.names, ...first.names]);

  const once = coerced(call, repaired, first.violations);
  // A list that was none before may hold further values of a wrong type.
  const {
    payload: last,
    names,
    verdict,
  } = once.verdict.kind === 'bad' ? coerced(call, once, once.verdict.violations) : once;
  if (verdict.kind === 'bad') return refusal(action, first.intolerable);
  return read(call, last, [...names, ...verdict.names]);
};

const coerced = (
  call: Judged,
  tolerated: WithQuirks,
  violations: readonly Violation[],
): WithQuirks & { readonly verdict: Judgement } => {
  const { payload, names } = repair(call, coerce(call, tolerated, violations));
  return { payload, names, verdict: judge(call, payload) };
};

/** The message that is read, and by which rules. */
type Judged = {
  readonly action: string;
  readonly validate: Validator<unknown>;
  readonly raw: string;
  readonly tolerances: Tolerances;
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

const judge = (call: Judged, payload: JsonObject): Judgement => {
  const { validate } = call;
  if (validate(payload)) return { kind: 'good', names: [] };
  const violations = validate.errors ?? [];
  const names = violations.map((violation) => toleratedBy(call, payload, violation));
  const intolerable = violations.find((_violation, index) => names[index] === undefined);
  return intolerable === undefined
    ? { kind: 'good', names: names.filter((name) => name !== undefined) }
    : { kind: 'bad', violations, intolerable };
};

const read = <Payload>(
  { tolerances }: Judged,
  payload: JsonObject,
  names: readonly string[],
): ReadPayload<Payload> => {
  const noticed = tolerances.flags.filter((flag) => flag.applies(payload));
  const quirks = [...new Set([...names, ...noticed.map(({ name }) => name)])];
  return { kind: 'read', payload: payload as Payload, quirks };
};

const repair = ({ action, raw, tolerances }: Judged, { payload, names }: WithQuirks): WithQuirks =>
  tolerances.repairs.reduce<WithQuirks>(
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
  { action, tolerances }: Judged,
  tolerated: WithQuirks,
  violations: readonly Violation[],
): WithQuirks =>
  violations
    .filter(({ keyword, instancePath }) => keyword === 'type' && instancePath !== '')
    .reduce<WithQuirks>(({ payload, names }, violation) => {
      const value = valueAt(payload, violation.instancePath);
      const quirk = tolerances.coercions.find((one) => one.coercions(action, violation, value));
      if (quirk === undefined) return { payload, names };
      const changed = replaceAt(payload, violation.instancePath, quirk.coerce(value));
      return { payload: changed as JsonObject, names: [...names, quirk.name] };
    }, tolerated);

const toleratedBy = (
  { action, tolerances }: Judged,
  payload: JsonObject,
  violation: Violation,
): string | undefined => {
  const value = valueAt(payload, violation.instancePath);
  return tolerances.toleratedViolations.find((quirk) => quirk.tolerates(action, violation, value))
    ?.name;
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
