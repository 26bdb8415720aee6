import type { JsonLiteral } from '../../units/json-literals.ts';
import type { DocumentProblem, Field } from '../document-field.ts';
import type { Codec } from './codec.ts';
import type { Context } from './context.ts';
import { type Loss, lossesBetween } from './losses.ts';

/** An object in the words of a version with everything that it lost, or why it cannot be sent at all. */
export type Translation =
  | { readonly kind: 'translated'; readonly object: JsonLiteral; readonly losses: readonly Loss[] }
  | { readonly kind: 'impossible'; readonly reason: string };

/** A partner's object as we understand it, or each problem with its path. */
export type Received<Value> =
  | { readonly kind: 'received'; readonly value: Value }
  | { readonly kind: 'malformed'; readonly problems: readonly DocumentProblem[] };

/** The translation of one kind of object into one version and back. */
export type Pair<Value> = {
  readonly to: (value: Value, context: Context) => Translation;
  readonly from: (document: JsonLiteral, context: Context) => Received<Value>;
};

const readWith = <Value>(
  codec: Codec<Value>,
  document: JsonLiteral,
  context: Context,
): Received<Value> => {
  const root: Field = { path: '', value: document, problems: [] };
  const value = codec.read(root, context);
  return root.problems.length > 0 || value === undefined
    ? { kind: 'malformed', problems: root.problems }
    : { kind: 'received', value };
};

/**
 * Makes both translations of a codec. The losses are the differences between the object and what a reader of the version
 * makes of it, so nothing is lost unreported. `refuses` names a reason for which an object must not be sent: one that
 * would change what it costs or whom it is shown to.
 */
export const pairOf = <Value>(
  codec: Codec<Value>,
  refuses: (value: Value, context: Context) => string | undefined = () => undefined,
): Pair<Value> => {
  const from = (document: JsonLiteral, context: Context) => readWith(codec, document, context);
  return {
    from,
    to: (value, context) => {
      const refused = refuses(value, context);
      if (refused !== undefined) return { kind: 'impossible', reason: refused };
      const unsayable: string[] = [];
      const object = codec.write(value, { ...context, unsayable });
      if (object === undefined) {
        return {
          kind: 'impossible',
          reason: `This version requires a value that it has no word for: ${unsayable.join(', ')}.`,
        };
      }
      const back = from(object, context);
      if (back.kind === 'malformed') {
        throw new Error(`We wrote what we cannot read: ${JSON.stringify(back.problems)}`);
      }
      return { kind: 'translated', object, losses: lossesBetween(value, back.value) };
    },
  };
};
