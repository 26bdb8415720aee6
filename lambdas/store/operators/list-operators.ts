import type { Database } from '../table/client.ts';
import { lists } from '../table/keys/lists.ts';
import { list } from '../table/listing.ts';

/** Ids of operators in their order, and whether there are more. */
export type OperatorPage = { readonly operatorIds: readonly string[]; readonly more: boolean };

/** Lists the operators of the deployment, a hundred at a time, after a given one. */
export async function listOperators(
  database: Database,
  after: string | undefined,
): Promise<OperatorPage> {
  const { entries, more } = await list(database, {
    steps: [[lists.operators]],
    order: 'ascending',
    limit: 100,
    after,
  });
  return { operatorIds: entries.map(({ sort }) => sort), more };
}
