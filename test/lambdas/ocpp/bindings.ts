/** The names of a transcript, each with its value. */
export type Bindings = Map<string, unknown>;

const isName = (pattern: unknown): pattern is string =>
  typeof pattern === 'string' && /^\$\w+$/.test(pattern);

/** Remembers the value that stands where a pattern has a name that is not known yet. */
export function bind(pattern: unknown, actual: unknown, bindings: Bindings): void {
  if (isName(pattern)) {
    if (!bindings.has(pattern) && actual !== undefined) bindings.set(pattern, actual);
  } else if (typeof pattern === 'object' && pattern !== null) {
    for (const [key, part] of Object.entries(pattern)) {
      bind(part, (actual as Record<string, unknown> | null | undefined)?.[key], bindings);
    }
  }
}

/** A pattern with the values of its names; a name within a longer text is replaced as well. */
export function resolve<Pattern>(pattern: Pattern, bindings: Bindings): Pattern {
  if (isName(pattern)) return (bindings.get(pattern) ?? pattern) as Pattern;
  if (typeof pattern === 'string') {
    return pattern.replaceAll(/\$\w+/g, (name) => String(bindings.get(name) ?? name)) as Pattern;
  }
  if (Array.isArray(pattern)) return pattern.map((part) => resolve(part, bindings)) as Pattern;
  if (typeof pattern !== 'object' || pattern === null) return pattern;
  const parts = Object.entries(pattern).map(([key, part]) => [key, resolve(part, bindings)]);
  return Object.fromEntries(parts) as Pattern;
}
