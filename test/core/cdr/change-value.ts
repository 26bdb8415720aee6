/** Where a value stands in another one. */
type Path = readonly (string | number)[];

/** Where every single value of a document stands. */
export const leavesOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]))
    : [path];

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
