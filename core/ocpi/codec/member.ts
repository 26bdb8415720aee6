import type { JsonLiteral } from '../../units/json-literals.ts';
import { type Field, fieldOf, isAbsent, itemsOf, refuse } from '../document-field.ts';
import type { Party } from '../model/party.ts';
import type { Codec, WriteContext } from './codec.ts';
import type { Context } from './context.ts';

/** A document that is being written. */
export type Written = { [name: string]: JsonLiteral };

/** How a version says one property of an object. */
export type Member<Value, Whole = never> = {
  /** The fields that the property takes up. */
  readonly names: readonly string[];
  readonly read: (parent: Field, context: Context) => Value | undefined;
  /** False where the version requires the field and has no word for the value. */
  readonly write: (value: Value, into: Written, context: WriteContext, whole: Whole) => boolean;
};

/** A required field reports a value that is missing, whether or not its type allows that. */
type RequiredMember<Value> = Omit<Member<Value, unknown>, 'write'> & {
  readonly write: (value: Value | undefined, into: Written, context: WriteContext) => boolean;
};

type Names = string | readonly [string, ...string[]];

const namesOf = (names: Names): readonly [string, ...string[]] =>
  typeof names === 'string' ? [names] : names;

/** The first of the fields that is present, else the first. */
const presentField = (parent: Field, [first, ...others]: readonly [string, ...string[]]): Field =>
  [first, ...others].map((name) => fieldOf(parent, name)).find((field) => !isAbsent(field)) ??
  fieldOf(parent, first);

const put = <Value>(
  name: string,
  codec: Codec<Value>,
  value: Value,
  into: Written,
  context: WriteContext,
): boolean => {
  const written = codec.write(value, context);
  if (written !== undefined) into[name] = written;
  return written !== undefined;
};

const unsaid = (name: string, { unsayable }: WriteContext): false => {
  unsayable.push(name);
  return false;
};

/** A field that must be there; other spellings of it are read, the first is written. */
export const required = <Value>(names: Names, codec: Codec<Value>): RequiredMember<Value> => {
  const all = namesOf(names);
  return {
    names: all,
    read: (parent, context) => {
      const field = presentField(parent, all);
      if (isAbsent(field)) refuse(field, 'This is missing.');
      return isAbsent(field) ? undefined : codec.read(field, context);
    },
    write: (value, into, context) =>
      (value !== undefined && put(all[0], codec, value, into, context)) || unsaid(all[0], context),
  };
};

/** A field that may be left out; left out too where the version has no word for its value. */
export const optional = <Value>(
  names: Names,
  codec: Codec<Value>,
): Member<Value | undefined, unknown> => {
  const all = namesOf(names);
  return {
    names: all,
    read: (parent, context) => {
      const field = presentField(parent, all);
      return isAbsent(field) ? undefined : codec.read(field, context);
    },
    write: (value, into, context) => {
      const said = context.unsayable.length;
      if (value !== undefined) put(all[0], codec, value, into, context);
      context.unsayable.length = said;
      return true;
    },
  };
};

/** A field that the version requires and we do not: `standIn` is written for none, and read as none. */
export const requiredOr = <Value extends string>(
  name: string,
  codec: Codec<Value>,
  standIn: string,
): Member<Value | undefined, unknown> => ({
  names: [name],
  read: (parent, context) => {
    const field = fieldOf(parent, name);
    return isAbsent(field) || field.value === standIn ? undefined : codec.read(field, context);
  },
  write: (value, into, context) => {
    const said = context.unsayable.length;
    if (value === undefined || !put(name, codec, value, into, context)) into[name] = standIn;
    context.unsayable.length = said;
    return true;
  },
});

const listMember = <Value>(
  name: string,
  codec: Codec<Value>,
  necessity: 'required' | 'optional',
): Member<readonly Value[], unknown> => ({
  names: [name],
  read: (parent, context) =>
    itemsOf(fieldOf(parent, name), necessity)
      .map((item) => codec.read(item, context))
      .filter((item) => item !== undefined),
  write: (values, into, context) => {
    const said = context.unsayable.length;
    const items = values
      .map((value) => codec.write(value, context))
      .filter((item) => item !== undefined);
    if (items.length > 0) into[name] = items;
    if (items.length === 0 && necessity === 'required') return unsaid(name, context);
    context.unsayable.length = said;
    return true;
  },
});

/** A list that is left out when it is empty; items that the version has no word for are left out. */
export const many = <Value>(name: string, codec: Codec<Value>): Member<readonly Value[], unknown> =>
  listMember(name, codec, 'optional');

/** A list that must have an item when it is sent. */
export const some = <Value>(name: string, codec: Codec<Value>): Member<readonly Value[], unknown> =>
  listMember(name, codec, 'required');

/** A list that says nothing without an item: an empty one is refused when it is read, too. */
export const oneAtLeast = <Value>(
  name: string,
  codec: Codec<Value>,
): Member<readonly Value[], unknown> => {
  const member = some(name, codec);
  return {
    ...member,
    read: (parent, context) => {
      const found = member.read(parent, context);
      const field = fieldOf(parent, name);
      if (found?.length === 0 && Array.isArray(field.value)) refuse(field, 'This list is empty.');
      return found;
    },
  };
};

/** A list that must have an item, and of which none may be left out: it is said whole or not at all. */
export const every = <Value>(
  name: string,
  codec: Codec<Value>,
): Member<readonly Value[], unknown> => {
  const member = some(name, codec);
  return {
    ...member,
    write: (values, into, context, whole) => {
      const said = context.unsayable.length;
      const isWhole = values.every((value) => codec.write(value, context) !== undefined);
      context.unsayable.length = said;
      return isWhole ? member.write(values, into, context, whole) : unsaid(name, context);
    },
  };
};

/** A property for which a version has no field: `read` is what its reader takes instead, nothing unless given. */
export const lacking = <Value = undefined>(
  read?: Value,
): Omit<Member<Value, unknown>, 'write'> & { readonly write: (value: unknown) => boolean } => ({
  names: [],
  read: () => read,
  write: () => true,
});

/** A part of the owner, which the version leaves to URL and connection. */
export const ofOwner = (part: keyof Party): Member<string, unknown> => ({
  names: [],
  read: (_parent, { owner }) => owner[part],
  write: () => true,
});
