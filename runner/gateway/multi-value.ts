/** Values by name as events of WebSocket APIs carry them: the last one, and all of them. */
export type MultiValue = {
  readonly last: Readonly<Record<string, string>>;
  readonly all: Readonly<Record<string, readonly string[]>>;
};

/** Gathers repeated names; the first spelling is used for all of them if case does not matter. */
export function multiValue(
  pairs: Iterable<readonly [string, string]>,
  { ignoreCase }: { readonly ignoreCase: boolean },
): MultiValue {
  const last: Record<string, string> = {};
  const all: Record<string, string[]> = {};
  const spellings = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = ignoreCase ? name.toLowerCase() : name;
    const spelling = spellings.get(key) ?? name;
    spellings.set(key, spelling);
    last[spelling] = value;
    all[spelling] = [...(all[spelling] ?? []), value];
  }
  return { last, all };
}
