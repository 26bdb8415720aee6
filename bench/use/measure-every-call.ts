import { takenByEveryCall } from '../../test/lambdas/every-call.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { callBudget } from './call-budgets.ts';

/** Units more for calls that read the log of events: here it has those of all calls before them, in as many as 50 parts of half a unit on a page. */
const ofTheLog: Readonly<Record<string, number>> = {
  'GET /events': 25,
  'GET /webhooks/{webhookId}/deliveries': 25,
};

/** The capacity units and requests of every call of the operator API, about one of everything, each against the budget of its kind. */
export async function measureEveryCall({ database, engine }: BenchStack): Promise<readonly Row[]> {
  const taken = await takenByEveryCall({ ...database, url: engine, stop: async () => undefined });
  return taken.map(({ call, kind, refusal, requests, read, written }) => {
    const budget = callBudget(call, kind);
    const refused = refusal === undefined ? '' : `, refused with ${refusal}`;
    const most = budget.units + (ofTheLog[call] ?? 0);
    const row = atMost(`To ${kind}: ${call}`, most, read + written, {
      unit: 'units',
      note: `${read} read and ${written} written by ${requests} of ${budget.requests} requests${refused}`,
    });
    return { ...row, ok: row.ok && requests <= budget.requests };
  });
}
