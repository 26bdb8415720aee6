/** Where a value stands in another one. */
export type Path = readonly (string | number)[];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where every single value of a document stands. */
export const leavesOf = (value: unknown, path: Path = []): readonly Path[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]))
    : [path];

/** Where every value of a document stands, single ones, lists and objects, but not the whole; or every object, with the whole. */
export const placesOf = (
  root: unknown,
  kind: 'values' | 'objects' = 'values',
  path: Path = [],
): readonly Path[] => {
  if (!isObject(root)) return kind === 'values' ? [path] : [];
  const inside = Object.entries(root).flatMap(([name, member]) =>
    placesOf(member, kind, [...path, name]),
  );
  const isWanted = kind === 'values' ? path.length > 0 : !Array.isArray(root);
  return isWanted ? [path, ...inside] : inside;
};

/** A copy of a document with another value at a place; `undefined` takes out what stands there. */
export const withValueAt = (root: object, path: Path, value: unknown): unknown => {
  const copy = structuredClone(root);
  let holder = copy as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value !== undefined) {
    const member = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(holder, last, member);
  } else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
};

/** Gives one value of a document another one of its kind. */
export const change = (root: object, path: Path): void => {
  let holder = root as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  holder[last] = changed(holder[last]);
};

const changed = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return value.replace(/.$/, (end) => (end === '1' ? '2' : '1'));
  return 'changed';
};
