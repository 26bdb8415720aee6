import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import type { Contribution } from '../../../core/analytics/rollup.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration } from '../../../core/units/instant.ts';
import { countCdrs } from '../../../lambdas/store/analytics/count-cdrs.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { countUnits } from '../count-units.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const figures = {
  sessions: 1n,
  energy: milliWattHours(10_000_000n),
  occupied: duration(3_600_000n),
  charging: duration(3_600_000n),
  idle: duration(0n),
  exclVat: 50_000n as TenThousandths,
  inclVat: 59_500n as TenThousandths,
};

/** A session of a charger on a day of March. */
function sessionOn(operatorId: string, chargerId: string, day: number): Contribution {
  const common = { month: '2026-03', currency: 'EUR', figures };
  const group = `2026-03-${String(day).padStart(2, '0')}`;
  return {
    operatorId,
    chargerId,
    sequence: day,
    charger: { by: 'charger', group: chargerId, ...common },
    shared: [{ by: 'day', group, ...common }],
  };
}

async function newFleet(chargers: number): Promise<TestOperator> {
  const operator = await newOperator(database);
  const { operatorId } = operator;
  const days = 31;
  const all = Array.from({ length: chargers }, (_none, index) =>
    // Each day has a share of the fleet: how many sessions a sum is of does not show in it.
    sessionOn(operatorId, `CP-${index}`, (index % days) + 1),
  );
  // As they come from a fleet of this size, four a day from each charger.
  const begin = Date.UTC(2026, 2, 1) / 1000;
  for (let n = 0; n < all.length; n += 10) {
    await countCdrs(database, operatorId, all.slice(n, n + 10), begin + n * 22);
  }
  return operator;
}

it('a month of a thousand chargers is read by one query of half a unit, as a day of ten is', async () => {
  const small = await newFleet(10);
  const large = await newFleet(1_000);
  const read = async ({ call }: TestOperator, from: string, to: string) => {
    let items: readonly unknown[] = [];
    const requests = await countRequests(database, async () => {
      await call('GET', `/analytics/days?from=${from}&to=${to}&limit=100`);
    });
    const { read: units } = await countUnits(database, async () => {
      items =
        (await call('GET', `/analytics/days?from=${from}&to=${to}&limit=100`)).body.items ?? [];
    });
    return {
      units,
      queries: requests.reads.filter((one) => one === 'Query').length,
      days: items.length,
    };
  };
  await read(small, '2026-03-01', '2026-03-01');
  await read(large, '2026-03-01', '2026-03-01');

  const day = await read(small, '2026-03-05', '2026-03-05');
  const month = await read(large, '2026-03-01', '2026-03-31');

  expect([day.days, month.days]).toEqual([1, 31]);
  expect([day.queries, month.queries]).toEqual([1, 1]);
  expect(day.units).toBe(0.5);
  expect(month.units).toBe(0.5);
});
