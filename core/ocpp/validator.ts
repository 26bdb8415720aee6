/** One rule of a schema that a payload breaks, in the words of JSON Schema. */
export type Violation = {
  /** The rule: `required`, `type`, `enum`, `maxLength`, `format`, `additionalProperties`, … */
  readonly keyword: string;
  /** Where, as a JSON pointer: `/meterValue/0/timestamp`; empty for the payload itself. */
  readonly instancePath: string;
  /** The parameters of the rule, as in `{missingProperty: 'idTag'}`. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
};

/** Checks a payload against an official schema; after a `false` the broken rules are in `errors`, all of them. */
export type Validator<Message> = {
  (payload: unknown): payload is Message;
  readonly errors?: readonly Violation[] | null;
};
