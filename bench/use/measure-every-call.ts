import { takenByEveryCall } from '../../test/lambdas/every-call.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { callBudget } from './call-budgets.ts';

/** The capacity units and requests of every call of the operator API, about one of everything, each against the budget of its kind. */
export async function measureEveryCall({ database, engine }: BenchStack): Promise<readonly Row[]> {
  const taken = await takenByEveryCall({ ...database, url: engine, stop: async () => undefined });
  return taken.map(({ call, kind, refusal, requests, read, written }) => {
    const budget = callBudget(call, kind);
    const refused = refusal === undefined ? '' : `, refused with ${refusal}`;
    const row = atMost(`To ${kind}: ${call}`, budget.units, read + written, {
      unit: 'units',
      note: `${read} read and ${written} written by ${requests} of ${budget.requests} requests${refused}`,
    });
    return { ...row, ok: row.ok && requests <= budget.requests };
  });
}
