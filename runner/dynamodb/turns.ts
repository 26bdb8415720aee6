/** Begins the work of a caller when it is its turn, and gives its outcome. */
export type TakeTurn = <T>(caller: string, work: () => Promise<T>) => Promise<T>;

/**
 * Lets so many works go on at once, 1 or more. Those that wait take turns by their callers, each caller's in their order: one that asks
 * for much at once makes the others wait for one of its works, not for all of them.
 */
export function createTurns(atOnce: number): TakeTurn {
  // Whose turn is next comes first.
  const waiting = new Map<string, (() => void)[]>();
  let inWork = 0;
  const wait = (caller: string): Promise<void> =>
    new Promise((begin) => {
      const before = waiting.get(caller);
      if (before === undefined) waiting.set(caller, [begin]);
      else before.push(begin);
    });
  const handOn = (): void => {
    const [first] = waiting;
    if (first === undefined) {
      inWork -= 1;
      return;
    }
    const [caller, [begin, ...later]] = first;
    waiting.delete(caller);
    if (later.length > 0) waiting.set(caller, later);
    begin?.();
  };
  return async (caller, work) => {
    if (inWork >= atOnce) await wait(caller);
    else inWork += 1;
    try {
      return await work();
    } finally {
      handOn();
    }
  };
}
