/** Begins the work of a caller when all that it has asked for before has ended; gives its outcome. */
export type TakeTurn = <T>(caller: string, work: () => Promise<T>) => Promise<T>;

/** Lets each caller's works go on one at a time, in their order, whatever becomes of them; callers do not wait for each other. */
export function createTurns(): TakeTurn {
  const ends = new Map<string, Promise<unknown>>();
  return (caller, work) => {
    const outcome = ends.get(caller)?.then(work) ?? work();
    ends.set(
      caller,
      outcome.catch(() => undefined),
    );
    return outcome;
  };
}
