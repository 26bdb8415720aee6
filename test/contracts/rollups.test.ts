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
import {
  type ListedRollup,
  listRollups,
  type RollupRange,
} from '../../lambdas/store/analytics/list-rollups.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { getItem } from '../../lambdas/store/table/get-item.ts';
import { rollupKey } from '../../lambdas/store/table/keys.ts';
import { arbitraryContributions, cdrWith } from '../core/analytics/cdrs.ts';
import { killAt } from '../lambdas/cdr/kill-at.ts';
import { onEachEngine } from './on-each-engine.ts';

const now = Date.UTC(2026, 2, 3) / 1000;
let operators = 0;

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

async function expectSums(
  database: Database,
  operatorId: string,
  all: readonly Contribution[],
): Promise<void> {
  for (const by of groupings) {
    expect(await sumsOf(database, operatorId, by)).toEqual(expectedOf(all, by));
  }
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

    // Each its charger, and the 13 of a sum that is looked through once.
    const sums = all[0]?.shared.length ?? 0;
    expect(keysRead()).toBe(all.length + 13 * sums);
    await expectSums(database(), operatorId, all);
  });

  it('pages of sums are whole and in order, between two days of which both are included', async () => {
    const operatorId = newOperator();
    const all = Array.from({ length: 40 }, (_, n) => {
      const endedAt = new Date(Date.UTC(2026, 1, 1 + Math.floor(n / 2), 12)).toISOString();
      const currency = n % 2 === 0 ? 'EUR' : 'SEK';
      const total = { currency, exclVat: '1.00', inclVat: '1.00' };
      return contributionOf(cdrWith({ endedAt, timeZone: 'UTC' }, total), n + 1, undefined);
    }).flatMap((one) => one ?? []);
    await countCdrs(database(), operatorId, all, now);

    const found: ListedRollup[] = [];
    let after: string | undefined;
    do {
      const range = { by: 'day', from: '2026-02-03', to: '2026-02-12' } as const;
      const page = await listRollups(database(), operatorId, range, { limit: 3, after });
      found.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);

    expect(found.map(({ group }) => group)).toEqual(
      Array.from(
        { length: 20 },
        (_, n) => `2026-02-${String(3 + Math.floor(n / 2)).padStart(2, '0')}`,
      ),
    );
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
