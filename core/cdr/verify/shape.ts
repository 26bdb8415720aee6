/** Where a value does not have the form that it must have: the path of the first such value; undefined where all do. */
export type Shape = (value: unknown, path: string) => string | undefined;

const test =
  (fits: (value: unknown) => boolean): Shape =>
  (value, path) =>
    fits(value) ? undefined : path;

/** Any text. */
export const text: Shape = test((value) => typeof value === 'string');

/** A finite number, not one that is written as text. */
export const number: Shape = test((value) => Number.isFinite(value));

/** A whole number that a double holds exactly. */
export const integer: Shape = test((value) => Number.isSafeInteger(value));

/** True or false. */
export const flag: Shape = test((value) => typeof value === 'boolean');

/** Text of a form. */
export const textLike = (form: RegExp): Shape =>
  test((value) => typeof value === 'string' && form.test(value));

/** A value or null. */
export const nullable =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? undefined : shape(value, path);

/** A list of values of one shape. */
export const listOf =
  (shape: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return path;
    return firstProblem(value.map((each, index) => [each, `${path}[${index}]`, shape]));
  };

type Members = Readonly<Record<string, Shape>>;

/** An object with all of the `required` members, and those of the `optional` ones that are there. Others are ignored. */
export const object =
  (required: Members, optional: Members = {}): Shape =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return path;
    const given = new Map<string, unknown>(Object.entries(value));
    const place = (name: string): string => (path === '' ? name : `${path}.${name}`);
    return firstProblem([
      ...Object.entries(required).map(
        ([name, shape]) => [given.get(name), place(name), shape] as const,
      ),
      ...Object.entries(optional)
        .filter(([name]) => given.get(name) !== undefined)
        .map(([name, shape]) => [given.get(name), place(name), shape] as const),
    ]);
  };

/** An object with members of the given names only. */
export const exactObject =
  (required: Members, optional: Members = {}): Shape =>
  (value, path) => {
    const problem = object(required, optional)(value, path);
    if (problem !== undefined) return problem;
    const stranger = Object.keys(value as object).find(
      (name) => !Object.hasOwn(required, name) && !Object.hasOwn(optional, name),
    );
    return stranger === undefined ? undefined : `${path}.${stranger}`;
  };

const firstProblem = (
  values: readonly (readonly [value: unknown, path: string, shape: Shape])[],
): string | undefined => {
  for (const [value, path, shape] of values) {
    const problem = shape(value, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
};
