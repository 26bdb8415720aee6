import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callBudget } from '../../../bench/use/call-budgets.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CallTaken, callKind, takenByEveryCall } from '../every-call.ts';
import { known } from '../one-of-everything.ts';

let database: TestDatabase;
let taken: Readonly<Record<string, CallTaken>>;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  taken = Object.fromEntries(
    (await takenByEveryCall(database)).map((one) => [one.call, one] as const),
  );
});

afterAll(async () => {
  await database.stop();
});

describe('the cost of a call of the API', () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, callKind(route)] as const))(
    '%s takes no more than a call that does that may: to %s',
    (call, kind) => {
      const budget = callBudget(call, kind);
      const { requests, read, written } = known(taken, call);

      expect(requests).toBeLessThanOrEqual(budget.requests);
      expect(read + written).toBeLessThanOrEqual(budget.units);
    },
  );

  it('every call is counted while it does its work: none is refused', () => {
    const refused = Object.values(taken).filter(({ refusal }) => refusal !== undefined);

    expect(refused).toEqual([]);
    expect(Object.keys(taken)).toHaveLength(routes.length);
  });
});
