import type { Database } from '../../lambdas/store/table/client.ts';

/** A database in which something else happens right after the first answer to a kind of command, before whoever sent it goes on. */
export const afterFirst = (
  database: Database,
  command: abstract new (...input: never[]) => object,
  meanwhile: () => Promise<void>,
): Database => {
  let isOver = false;
  const send = async (sent: object, ...rest: unknown[]): Promise<unknown> => {
    const answer: unknown = await Reflect.apply(database.client.send, database.client, [
      sent,
      ...rest,
    ]);
    if (!isOver && sent instanceof command) {
      isOver = true;
      await meanwhile();
    }
    return answer;
  };
  const client = new Proxy(database.client, {
    get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
  });
  return { ...database, client };
};
