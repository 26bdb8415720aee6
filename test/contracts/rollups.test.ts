import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addFigures, type Figures } from '../../core/analytics/figures.ts';
import {
  type Contribution,
  contributionOf,
  type Grouping,
  groupings,
} from '../../core/analytics/rollup.ts';
import { countCdrs } from '../../lambdas/store/analytics/count-cdrs.ts';
import { listRollups, type RollupRange } from '../../lambdas/store/analytics/list-rollups.ts';
import type { ListedRollup } from '../../lambdas/store/analytics/listed-rollup.ts';
import { sumPlace } from '../../lambdas/store/analytics/sum-place.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { getItem } from '../../lambdas/store/table/get-item.ts';
import { toItem } from '../../lambdas/store/table/item.ts';
import { rollupKey } from '../../lambdas/store/table/keys/rollup-keys.ts';
import { arbitraryContributions, cdrWith } from '../core/analytics/cdrs.ts';
import { killAt } from '../lambdas/cdr/kill-at.ts';
import { onEachEngine } from './on-each-engine.ts';

const now = Date.UTC(2026, 2, 3) / 1000;
let operators = 0;

const eurOf = (amount: string) => ({ currency: 'EUR', exclVat: amount, inclVat: amount });

const put = async (database: Database, item: Parameters<typeof toItem>[0]) =>
  await database.client.send(new PutItemCommand({ TableName: database.state, Item: toItem(item) }));

const newOperator = (): string => {
  operators += 1;
  return `op${operators}`;
};

type Sums = Readonly<Record<string, Figures>>;

/** The sums of a grouping by group and currency, over the months in which arbitrary CDRs end. */
async function sumsOf(database: Database, operatorId: string, by: Grouping): Promise<Sums> {
  const ranges: readonly RollupRange[] =
    by === 'day' ? [{ by }] : ['2026-01', '2026-02', '2026-03'].map((month) => ({ by, month }));
  const sums: Record<string, Figures> = {};
  for (const range of ranges) {
    const { items } = await listRollups(database, operatorId, range, { limit: 100 });
    for (const { group, currency, figures } of items) add(sums, `${group} ${currency}`, figures);
  }
  return sums;
}

function add(sums: Record<string, Figures>, name: string, figures: Figures): void {
  const sum = sums[name];
  sums[name] = sum === undefined ? figures : addFigures(sum, figures);
}

/** The sums that these CDRs must have. */
function expectedOf(contributions: readonly Contribution[], by: Grouping): Sums {
  const sums: Record<string, Figures> = {};
  for (const { shared, charger } of contributions) {
    for (const { by: own, group, currency, figures } of [...shared, charger]) {
      if (own === by) add(sums, `${group} ${currency}`, figures);
    }
  }
  return sums;
}

/** The sums by month that the sums by day come to. */
function byMonth(days: Sums): Sums {
  const sums: Record<string, Figures> = {};
  for (const [name, figures] of Object.entries(days)) {
    add(sums, `${name.slice(0, 7)}${name.slice(10)}`, figures);
  }
  return sums;
}

async function expectSums(
  database: Database,
  operatorId: string,
  all: readonly Contribution[],
): Promise<void> {
  for (const by of groupings) {
    expect(await sumsOf(database, operatorId, by)).toEqual(expectedOf(all, by));
  }
  const months: Record<string, Figures> = {};
  const { items } = await listRollups(database, operatorId, { by: 'month' }, { limit: 100 });
  for (const { group, currency, figures } of items) add(months, `${group} ${currency}`, figures);
  expect(months).toEqual(byMonth(expectedOf(all, 'day')));
}

/** Counts the keys of items that are read of a database from now on. */
const countKeysRead = ({ client, state }: Database): (() => number) => {
  let keys = 0;
  client.middlewareStack.add(
    (next, context) => (args) => {
      const { RequestItems } = args.input as { RequestItems?: Record<string, { Keys: unknown[] }> };
      if (context.commandName === 'BatchGetItemCommand')
        keys += RequestItems?.[state]?.Keys.length ?? 0;
      if (context.commandName === 'GetItemCommand') keys += 1;
      return next(args);
    },
    { step: 'initialize', name: 'count-keys-read' },
  );
  return () => {
    client.middlewareStack.remove('count-keys-read');
    return keys;
  };
};

onEachEngine('the store of sums', (database) => {
  it('the sums are those of the CDRs, in whatever batches these come, at once and again', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryContributions(8),
        fc.integer({ min: 1, max: 12 }),
        async (all, size) => {
          const operatorId = newOperator();
          const batches = [0, 1, 2].map((n) => [...all.slice(n * size), ...all.slice(0, n * size)]);
          await Promise.all(
            batches.map(async (batch) => await countCdrs(database(), operatorId, batch, now)),
          );

          await expectSums(database(), operatorId, all);
        },
      ),
      { numRuns: 4 },
    );
  });

  it('CDRs of every grouping are among those that the sums are held against', () => {
    const found = fc.sample(arbitraryContributions(8), { numRuns: 20, seed: 1 }).flat();
    for (const by of groupings) {
      expect([by, Object.keys(expectedOf(found, by)).length > 1]).toEqual([by, true]);
    }
  });

  it('the sums are those of the CDRs wherever a function ends, with or without its last write', async () => {
    const all = [1, 2, 3].flatMap(
      (n) => contributionOf(cdrWith({ chargerId: n === 3 ? 'CP2' : 'CP1' }), n, 'loc1') ?? [],
    );
    for (const when of ['before', 'after'] as const) {
      let [n, killed] = [0, true];
      while (killed) {
        n += 1;
        const operatorId = newOperator();
        await countCdrs(database(), operatorId, all.slice(0, 1), now);
        killed = await killAt(database(), n, when, async () => {
          await countCdrs(database(), operatorId, all.slice(0, 2), now);
        });
        await countCdrs(database(), operatorId, all, now);

        await expectSums(database(), operatorId, all);
      }
      expect(n).toBeGreaterThan(4);
    }
  });

  it('a sum forgets CDRs only once they are counted everywhere and cannot come again, and counts none twice', async () => {
    const operatorId = newOperator();
    const all = Array.from({ length: 32 }, (_, n) =>
      contributionOf(cdrWith({ chargerId: `CP${n % 7}` }), n + 1, 'loc1'),
    ).flatMap((one) => one ?? []);
    for (const [index, one] of all.entries()) {
      await countCdrs(database(), operatorId, [one], now + index * 300);
      // All that came in the last quarter of an hour comes again.
      await countCdrs(
        database(),
        operatorId,
        all.slice(Math.max(0, index - 2), index),
        now + index * 300,
      );
    }
    await countCdrs(database(), operatorId, all, now + 32 * 300);

    const day = await getItem(
      database(),
      rollupKey(operatorId, { by: 'day', month: '2026-03', group: '2026-03-02', currency: 'EUR' }),
    );
    expect(day?.['latest']?.SS?.length).toBeLessThanOrEqual(13);
    await expectSums(database(), operatorId, all);
  });

  it('what a CDR costs does not grow with the CDRs that come at the same time', async () => {
    const operatorId = newOperator();
    const all = Array.from({ length: 40 }, (_, n) =>
      contributionOf(cdrWith({ chargerId: `CP${n}` }), 1, 'loc1'),
    ).flatMap((one) => one ?? []);
    const keysRead = countKeysRead(database());
    for (const [index, one] of all.entries()) {
      await countCdrs(database(), operatorId, [one], now + index);
    }

    // Each its charger, and the 13 of an item that is looked through once.
    const items = new Set(
      all[0]?.shared.map((rollup) => JSON.stringify(sumPlace(operatorId, rollup).key)),
    );
    expect(keysRead()).toBe(all.length + 13 * items.size);
    await expectSums(database(), operatorId, all);
  });

  /** The places of sums as pages of any size list them. */
  async function placesOf(
    operatorId: string,
    range: RollupRange,
    limit: number,
  ): Promise<readonly string[]> {
    const found: ListedRollup[] = [];
    let after: string | undefined;
    do {
      const page = await listRollups(database(), operatorId, range, { limit, after });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return found.map(({ group, currency }) => `${group} ${currency}`);
  }

  it('pages of days and months are whole and in order, however many days, gaps and currencies there are', async () => {
    const operatorId = newOperator();
    const currencies = ['AUD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'NOK', 'PLN', 'SEK', 'USD'];
    const days = [0, 1, 2, 3, 9, 10, 20, 27, 28, 58, 59, 200, 700];
    const all = days.flatMap((day, index) =>
      (index === 5 ? currencies : ['EUR', 'SEK']).map((currency) => ({
        endedAt: new Date(Date.UTC(2026, 1, 1 + day, 12)).toISOString(),
        currency,
      })),
    );
    const contributions = all.flatMap(({ endedAt, currency }, n) => {
      const cdr = cdrWith({ endedAt, timeZone: 'UTC' }, { ...eurOf('1.00'), currency });
      return contributionOf(cdr, n + 1, undefined) ?? [];
    });
    await countCdrs(database(), operatorId, contributions, now);
    const places = (length: number) =>
      [...new Set(all.map((one) => `${one.endedAt.slice(0, length)} ${one.currency}`))].sort();

    for (const limit of [1, 3, 7]) {
      expect(await placesOf(operatorId, { by: 'day' }, limit)).toEqual(places(10));
      expect(await placesOf(operatorId, { by: 'month' }, limit)).toEqual(places(7));
      const days = { by: 'day', from: '2026-02-03', to: '2026-02-28' } as const;
      expect(await placesOf(operatorId, days, limit)).toEqual(
        places(10).filter((one) => one >= days.from && one.slice(0, 10) <= days.to),
      );
      const months = { by: 'month', from: '2026-03', to: '2026-08' } as const;
      expect(await placesOf(operatorId, months, limit)).toEqual(
        places(7).filter((one) => one >= months.from && one.slice(0, 7) <= months.to),
      );
    }
  });

  it('a day that an earlier version kept in an item of its own is listed, and added to', async () => {
    const operatorId = newOperator();
    const figures = { sessions: 2, energy: 5, occupied: 7, charging: 7, idle: 0 };
    for (const day of ['2026-03-01', '2026-03-05']) {
      const pk = `ROLLUP#${operatorId}#day`;
      const sums = { ...figures, exclVat: 10_000, inclVat: 11_900 };
      await put(database(), { pk, sk: `${day}#EUR`, kind: 'ROLLUP', ...sums });
    }
    const facts = { endedAt: '2026-03-05T12:00:00.000Z', timeZone: 'UTC' };
    const one = contributionOf(cdrWith(facts), 1, undefined);
    await countCdrs(database(), operatorId, one === undefined ? [] : [one], now);

    const { items } = await listRollups(database(), operatorId, { by: 'day' }, { limit: 10 });
    expect(items.map(({ group, figures: { sessions } }) => [group, sessions])).toEqual([
      ['2026-03-01', 2n],
      ['2026-03-05', 3n],
    ]);
  });

  it('sums of any size stay exact', async () => {
    const operatorId = newOperator();
    const total = { currency: 'JPY', exclVat: '99999999999', inclVat: '99999999999' };
    const all = Array.from({ length: 30 }, (_, n) =>
      contributionOf(cdrWith({ energyKwh: 999_999.999999 }, total), n + 1, undefined),
    ).flatMap((one) => one ?? []);
    await countCdrs(database(), operatorId, all, now);

    await expectSums(database(), operatorId, all);
  });
});
