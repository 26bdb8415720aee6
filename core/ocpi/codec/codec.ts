import type { JsonLiteral } from '../../units/json-literals.ts';
import type { Field } from '../document-field.ts';
import type { Context } from './context.ts';

/** How one kind of value is read from a document of one version, and written into one. */
export type Codec<Value> = {
  /** Problems gather in the field; what it answers counts only if there are none. */
  readonly read: (field: Field, context: Context) => Value | undefined;
  /** Undefined where the version has no word for the value. */
  readonly write: (value: Value, context: WriteContext) => JsonLiteral | undefined;
};

/** A context with a list that gathers the fields for which the version has no word although it requires them. */
export type WriteContext = Context & { readonly unsayable: string[] };
