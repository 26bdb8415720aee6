import type { JsonObject } from '../json-object.ts';
import type { Violation } from '../validator.ts';

/** Repairs a payload that breaks the official schema, before it is checked again. */
export type Mend = {
  readonly kind: 'mends';
  readonly name: string;
  readonly applies: (action: string, payload: JsonObject) => boolean;
  /** `raw` is the payload's own text, for numbers that a double does not hold. */
  readonly mend: (payload: JsonObject, raw: string, action: string) => JsonObject;
};

/** Lets a broken rule of the official schema pass, and keeps the value as the charger sent it. */
export type Forgiveness = {
  readonly kind: 'forgives';
  readonly name: string;
  /** `value` is what stands where the rule is broken. */
  readonly forgives: (action: string, violation: Violation, value: unknown) => boolean;
};

/** Names what the schema allows but what does not mean what it says; the message's own reader minds it. */
export type Notice = {
  readonly kind: 'notices';
  readonly name: string;
  readonly applies: (action: string, payload: JsonObject) => boolean;
};

/** Makes something of a value whose type is not the schema's, after the repairs did not help. */
export type Salvage = {
  readonly kind: 'salvages';
  readonly name: string;
  readonly salvages: (action: string, violation: Violation, value: unknown) => boolean;
  /** Another value for the property; undefined leaves it out. */
  readonly salvage: (value: unknown) => unknown;
};
