import { type Item, type Storable, toAttribute } from './item.ts';

/** The changes an update makes to an item. */
export type Change = {
  readonly set?: Readonly<Record<string, Storable | undefined>>;
  /** Set only where the attribute does not exist yet. */
  readonly setIfAbsent?: Readonly<Record<string, Storable | undefined>>;
  readonly remove?: readonly string[];
  /** Set to what another attribute was before. */
  readonly copy?: Readonly<Record<string, string>>;
  /** As `copy`; set to an empty text where the other attribute did not exist. */
  readonly copyIfAny?: Readonly<Record<string, string>>;
  /** Appended to a list attribute, which is made when it does not exist. */
  readonly append?: Readonly<Record<string, readonly Storable[]>>;
  /** More names and values, for the condition. */
  readonly names?: readonly string[];
  readonly values?: Readonly<Record<string, Storable>>;
};

/** The parts of an UpdateItem that express a change. */
export type UpdateExpression = {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
};

type Assignment = { readonly name: string; readonly clause: string; readonly value: Storable };

const given = (values: Readonly<Record<string, Storable | undefined>> | undefined) =>
  Object.entries(values ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );

function assignments(change: Change): readonly Assignment[] {
  const set = given(change.set).map((one) => ({ ...one, clause: `#${one.name} = :${one.name}` }));
  const absent = given(change.setIfAbsent).map((one) => ({
    ...one,
    clause: `#${one.name} = if_not_exists(#${one.name}, :${one.name})`,
  }));
  const append = given(change.append).map((one) => ({
    ...one,
    clause: `#${one.name} = list_append(if_not_exists(#${one.name}, :emptyList), :${one.name})`,
  }));
  return [...set, ...absent, ...append];
}

/** Writes a change as an update expression whose placeholders are `#name` and `:name`. */
export function updateOf(change: Change): UpdateExpression {
  const assigned = assignments(change);
  const remove = change.remove ?? [];
  const copied = Object.entries(change.copy ?? {});
  const copiedIfAny = Object.entries(change.copyIfAny ?? {});
  const names = [
    ...assigned.map((one) => one.name),
    ...remove,
    ...copied.flat(),
    ...copiedIfAny.flat(),
    ...(change.names ?? []),
  ];
  const values: Item = {};
  for (const { name, value } of assigned) values[`:${name}`] = toAttribute(value);
  for (const [name, value] of Object.entries(change.values ?? {})) {
    values[`:${name}`] = toAttribute(value);
  }
  if (change.append !== undefined) values[':emptyList'] = { L: [] };
  if (copiedIfAny.length > 0) values[':emptyText'] = { S: '' };
  const set = [
    ...assigned.map((one) => one.clause),
    ...copied.map(([name, from]) => `#${name} = #${from}`),
    ...copiedIfAny.map(([name, from]) => `#${name} = if_not_exists(#${from}, :emptyText)`),
  ];
  const clauses = [
    ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
    ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`] : []),
  ];
  return {
    UpdateExpression: clauses.join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}
