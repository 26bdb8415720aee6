import { isJsonObject, type JsonObject } from './json-object.ts';

/**
 * The first property path that a resource type does not list, as in `FilterCriteria.Filters`; undefined when all are known.
 * See `ResourceType.properties` for how paths are written.
 */
export function findUnknownProperty(
  properties: JsonObject,
  known: readonly string[],
): string | undefined {
  return unknownBelow(properties, '', knownPaths(known));
}

type Known = { readonly paths: ReadonlySet<string>; readonly parents: ReadonlySet<string> };

function knownPaths(known: readonly string[]): Known {
  const parents = new Set<string>(['']);
  const paths = new Set<string>(known);
  for (const path of known) {
    const steps = path.split('.');
    for (let length = 1; length < steps.length; length += 1) {
      parents.add(steps.slice(0, length).join('.'));
    }
  }
  return { paths: new Set([...paths, ...parents]), parents };
}

function unknownBelow(value: unknown, path: string, known: Known): string | undefined {
  if (!known.parents.has(path)) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return firstDefined(value, (item) => unknownBelow(item, path, known));
  }
  if (!isJsonObject(value)) {
    return undefined;
  }
  return firstDefined(Object.entries(value), ([key, member]) => {
    const below = path === '' ? key : `${path}.${key}`;
    return known.paths.has(below) ? unknownBelow(member, below, known) : below;
  });
}

function firstDefined<T>(
  list: readonly T[],
  find: (item: T) => string | undefined,
): string | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
