import type { JsonObject } from '../json-object.ts';
import type { Violation } from '../validator.ts';

/** Repairs a payload that breaks the official schema, before it is checked again. */
export type Repair = {
  readonly kind: 'repairs';
  readonly name: string;
  readonly applies: (action: string, payload: JsonObject) => boolean;
  /** `raw` is the payload's own text, for numbers that a double does not hold. */
  readonly repair: (payload: JsonObject, raw: string, action: string) => JsonObject;
};

/** Lets a broken rule of the official schema pass, and keeps the value as the charger sent it. */
export type Tolerance = {
  readonly kind: 'tolerates';
  readonly name: string;
  /** `value` is the value that breaks the rule. */
  readonly tolerates: (action: string, violation: Violation, value: unknown) => boolean;
};

/** Names what the schema allows but what does not mean what it says; the message's own reader minds it. */
export type Flag = {
  readonly kind: 'flags';
  readonly name: string;
  readonly applies: (payload: JsonObject) => boolean;
};

/** Makes something of a value whose type is not the schema's, after the repairs did not help. */
export type Coercion = {
  readonly kind: 'coercions';
  readonly name: string;
  readonly coercions: (action: string, violation: Violation, value: unknown) => boolean;
  /** Another value for the property; undefined leaves it out. */
  readonly coerce: (value: unknown) => unknown;
};
