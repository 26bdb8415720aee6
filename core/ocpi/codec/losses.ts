import { NumberLiteral } from '../../units/json-literals.ts';

/** Something that a translation could not say: where, what it was, and what the partner reads instead. */
export type Loss = {
  /** In our names, as in `evses[0].connectors[1].standard`. */
  readonly path: string;
  /** As JSON; null where there was nothing and the partner reads something. */
  readonly lost: string | null;
  /** As JSON; null where the partner reads nothing. */
  readonly instead: string | null;
};

type Properties = { readonly [name: string]: unknown };

const isProperties = (value: unknown): value is Properties =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof NumberLiteral);

const jsonOf = (value: unknown): string | null =>
  value === undefined
    ? null
    : JSON.stringify(value, (_key, inner: unknown) =>
        inner instanceof NumberLiteral ? inner.text : inner,
      );

/** The fields by which items of a list are recognized although others of it were left out. */
const identifying = ['uid', 'id', 'parkingId', 'startDateTime', 'type', 'category', 'source'];

const identityOf = (item: unknown): string | undefined => {
  if (!isProperties(item)) return jsonOf(item) ?? undefined;
  const name = identifying.find((each) => typeof item[each] === 'string');
  return name === undefined ? undefined : `${name}=${item[name]}`;
};

const haveIdentities = (items: readonly unknown[]): boolean => {
  const identities = items.map(identityOf);
  return (
    identities.every((each) => each !== undefined) && new Set(identities).size === items.length
  );
};

/**
 * The item of the other list that belongs to one. A translation keeps the order of a list and only leaves items out: if
 * it left out none, the place decides, else the identity.
 */
const partnersOf = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] => {
  if (before.length === after.length || !haveIdentities(before) || !haveIdentities(after)) {
    return before.map((_, at) => after[at]);
  }
  const byIdentity = new Map(after.map((item) => [identityOf(item), item]));
  return before.map((item) => byIdentity.get(identityOf(item)));
};

/** Says whether a list is more than another one of which items were left out: then its items are not those of the other. */
const isAnother = (before: readonly unknown[], after: readonly unknown[]): boolean => {
  if (after.length >= before.length) return after.length > before.length;
  if (!haveIdentities(before) || !haveIdentities(after)) return false;
  const left = after.map(identityOf);
  for (const item of before) if (identityOf(item) === left[0]) left.shift();
  return left.length > 0;
};

const listLosses = (
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly Loss[] => {
  if (isAnother(before, after)) return [{ path, lost: jsonOf(before), instead: jsonOf(after) }];
  const partners = partnersOf(before, after);
  return before.flatMap((item, at) => lossesBetween(item, partners[at], `${path}[${at}]`));
};

const propertyLosses = (path: string, before: Properties, after: Properties): readonly Loss[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    lossesBetween(before[name], after[name], path === '' ? name : `${path}.${name}`),
  );

/** Every difference between an object and what its reader makes of it, at the innermost place where both have something. */
export const lossesBetween = (before: unknown, after: unknown, path = ''): readonly Loss[] => {
  if (isProperties(before) && isProperties(after)) return propertyLosses(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return listLosses(path, before, after);
  const [lost, instead] = [jsonOf(before), jsonOf(after)];
  return lost === instead ? [] : [{ path, lost, instead }];
};
