import type { Database } from '../../../lambdas/store/table/client.ts';

class Killed extends Error {}

/** Whether a request is made, is the last one that is made, or is not made any more. */
type Fate = 'lives' | 'is-last' | 'is-dead';

/** Deals out fates so that the n-th write is the end, made or not made. */
function deathAt(n: number, when: 'before' | 'after'): (command: string) => Fate {
  let writes = 0;
  return (command) => {
    const isRead = /^(?:Get|BatchGet|Query|Scan)/.test(command);
    if (writes >= n) return 'is-dead';
    if (!isRead) writes += 1;
    if (writes < n) return 'lives';
    return when === 'after' ? 'is-last' : 'is-dead';
  };
}

/** Ends everything at the n-th write, before it is made or after: nobody gets its answer. True when it came to that. */
export async function killAt(
  database: Database,
  n: number,
  when: 'before' | 'after',
  action: () => Promise<void>,
): Promise<boolean> {
  const fateOf = deathAt(n, when);
  let killed = false;
  database.client.middlewareStack.add(
    (next, context) => async (args) => {
      const fate = fateOf(String(context.commandName));
      killed ||= fate !== 'lives';
      const result = fate === 'is-dead' ? undefined : await next(args);
      if (result === undefined || fate === 'is-last') throw new Killed();
      return result;
    },
    { step: 'initialize', name: 'kill' },
  );
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  } finally {
    database.client.middlewareStack.remove('kill');
  }
  return killed;
}
