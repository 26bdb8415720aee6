import type { JsonLiteral } from '../../units/json-literals.ts';
import { expectObject, type Field } from '../document-field.ts';
import type { Codec } from './codec.ts';
import type { Member } from './member.ts';

/** A decision for each property of a canonical object: how a version says it, or that it cannot. */
export type Members<Value> = {
  readonly [Key in Exclude<keyof Value, 'extra'>]-?: Member<Value[Key], Value>;
};

const unknownFields = ({ value }: Field, known: ReadonlySet<string>): object | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const unknown = Object.entries(value).filter(([name]) => !known.has(name));
  return unknown.length === 0 ? undefined : Object.fromEntries(unknown);
};

/** An object with named fields. Fields that the version does not know are kept in `extra` and written back. */
export const record = <Value extends object>(members: Members<Value>): Codec<Value> => {
  const entries = Object.entries(members) as [string, Member<unknown, Value>][];
  const known: ReadonlySet<string> = new Set(entries.flatMap(([, { names }]) => names));
  return {
    read: (field, context) => {
      expectObject(field);
      const read = entries.map(([key, member]): [string, unknown] => [
        key,
        member.read(field, context),
      ]);
      const properties = [...read, ['extra', unknownFields(field, known)] as const];
      return Object.fromEntries(properties.filter(([, value]) => value !== undefined)) as Value;
    },
    write: (value, context) => {
      const properties = value as { readonly [key: string]: unknown };
      const extra = properties['extra'] as { readonly [name: string]: JsonLiteral } | undefined;
      // A field that another version did not know may be one of this version, where it would say something else.
      const unknown = Object.entries(extra ?? {}).filter(([name]) => !known.has(name));
      const written: { [name: string]: JsonLiteral } = Object.fromEntries(unknown);
      const isWhole = entries.every(([key, member]) =>
        member.write(properties[key], written, context, value),
      );
      return isWhole ? written : undefined;
    },
  };
};
