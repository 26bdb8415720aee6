import type { Database } from '../../lambdas/store/table/client.ts';

/** The items that the queries of an action look at, whether they answer them or not. */
export async function countItemsRead(
  database: Database,
  action: () => Promise<unknown>,
): Promise<number> {
  let items = 0;
  const name = `items-${Math.random()}`;
  database.client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      items += (result.output as { readonly ScannedCount?: number }).ScannedCount ?? 0;
      return result;
    },
    { step: 'initialize', name },
  );
  try {
    await action();
  } finally {
    database.client.middlewareStack.remove(name);
  }
  return items;
}

/** Writes and reads that were asked of DynamoDB, by the name of the request. */
export type Requests = { readonly writes: readonly string[]; readonly reads: readonly string[] };

const reading = /^(?:Get|BatchGet|Query|Scan|TransactGet)/;

/** Counts the requests that an action makes, as the client sends them. */
export async function countRequests(
  database: Database,
  action: () => Promise<unknown>,
): Promise<Requests> {
  const names: string[] = [];
  const name = `count-${Math.random()}`;
  database.client.middlewareStack.add(
    (next, context) => async (args) => {
      names.push(String(context.commandName).replace('Command', ''));
      return await next(args);
    },
    { step: 'initialize', name },
  );
  try {
    await action();
  } finally {
    database.client.middlewareStack.remove(name);
  }
  return {
    writes: names.filter((one) => !reading.test(one)),
    reads: names.filter((one) => reading.test(one)),
  };
}

/** The requests of an action, and the most of them that were waited for at a time. */
export async function countCrowd(
  database: Database,
  action: () => Promise<unknown>,
): Promise<{ readonly requests: number; readonly atOnce: number }> {
  let [requests, waiting, atOnce] = [0, 0, 0];
  const name = `crowd-${Math.random()}`;
  database.client.middlewareStack.add(
    (next) => async (args) => {
      requests += 1;
      waiting += 1;
      atOnce = Math.max(atOnce, waiting);
      return await next(args).finally(() => {
        waiting -= 1;
      });
    },
    { step: 'initialize', name },
  );
  try {
    await action();
  } finally {
    database.client.middlewareStack.remove(name);
  }
  return { requests, atOnce };
}
