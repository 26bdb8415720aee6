import type { TenThousandths } from '../../core/analytics/figures.ts';
import type { Contribution } from '../../core/analytics/rollup.ts';
import { milliWattHours } from '../../core/units/energy.ts';
import { duration } from '../../core/units/instant.ts';
import { countCdrs } from '../../lambdas/store/analytics/count-cdrs.ts';
import { total } from '../aws-bill/step-usage.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';

const figures = {
  sessions: 1n,
  energy: milliWattHours(10_000_000n),
  occupied: duration(3_600_000n),
  charging: duration(3_600_000n),
  idle: duration(0n),
  exclVat: 50_000n as TenThousandths,
  inclVat: 59_500n as TenThousandths,
};

/** The days of the month that is measured, long over, so that no other part of the bench counts into it. */
const days = 31;

/** A session of a charger, on a day that the fleet shares out. */
function sessionOf(operatorId: string, index: number): Contribution {
  const common = { month: '2020-03', currency: 'EUR', figures };
  const day = (index % days) + 1;
  const chargerId = `SUM-${index}`;
  return {
    operatorId,
    chargerId,
    sequence: 1,
    charger: { by: 'charger', group: chargerId, ...common },
    shared: [{ by: 'day', group: `2020-03-${String(day).padStart(2, '0')}`, ...common }],
  };
}

/** Reads a month of a thousand chargers and a day of it, by the sums that are kept. */
export async function measureAnalytics(stack: BenchStack): Promise<readonly Row[]> {
  const { operatorId, database, access } = stack;
  const sessions = Array.from({ length: 1_000 }, (_none, index) => sessionOf(operatorId, index));
  // As they come from a fleet of this size, four a day from each charger.
  const begin = Date.UTC(2020, 2, 1) / 1000;
  for (let n = 0; n < sessions.length; n += 10) {
    await countCdrs(database, operatorId, sessions.slice(n, n + 10), begin + n * 22);
  }
  const read = async (from: string, to: string): Promise<number> => {
    const { steps } = await stack.countDuring(async () => {
      const url = `${access.http}/analytics/days?from=${from}&to=${to}&limit=100`;
      const headers = { authorization: `Bearer ${access.apiKey}` };
      const answer = await fetch(url, { headers });
      if (!answer.ok) throw new Error(`Analytics were answered with ${answer.status}.`);
    });
    return total(steps, 'readUnits');
  };
  // The first call also reads the key.
  await read('2020-03-01', '2020-03-01');
  const day = await read('2020-03-05', '2020-03-05');
  const month = await read('2020-03-01', '2020-03-31');
  return [
    atMost('Analytics: a month of 1,000 chargers, more than a day', 0, month - day, {
      unit: 'read units',
      note: `${month} and ${day}`,
    }),
  ];
}
