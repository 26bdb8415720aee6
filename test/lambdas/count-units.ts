import type { Database } from '../../lambdas/store/table/client.ts';

/** Capacity units that requests consumed, as the engine counted them. */
export type Units = { readonly write: number; readonly read: number };

type Capacity = { readonly CapacityUnits?: number };
type Output = { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };

const capacityOf = (output: Output): number =>
  [output.ConsumedCapacity ?? []].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);

/** Counts the units that an action consumes, indexes included. Refused conditions count one write each. */
export async function countUnits(
  database: Database,
  action: () => Promise<unknown>,
): Promise<Units & { readonly byRequest: Readonly<Record<string, number>> }> {
  const byRequest: Record<string, number> = {};
  const units = { write: 0, read: 0 };
  const note = (command: string, amount: number) => {
    byRequest[command] = (byRequest[command] ?? 0) + amount;
    units[/^(?:Get|BatchGet|Query)/.test(command) ? 'read' : 'write'] += amount;
  };
  database.client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context.commandName).replace('Command', '');
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      try {
        const result = await next(args);
        note(command, capacityOf(result.output as Output));
        return result;
      } catch (error) {
        note(command, 1);
        throw error;
      }
    },
    { step: 'initialize', name: 'count-units' },
  );
  try {
    await action();
  } finally {
    database.client.middlewareStack.remove('count-units');
  }
  return { ...units, byRequest };
}
