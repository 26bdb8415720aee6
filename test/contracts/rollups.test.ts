import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addFigures, type Figures } from '../../core/analytics/figures.ts';
import { type Contribution, contributionOf, sumRollups } from '../../core/analytics/rollup.ts';
import { countCdrs } from '../../lambdas/store/analytics/count-cdrs.ts';
import { type ListedRollup, listRollups } from '../../lambdas/store/analytics/list-rollups.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { arbitraryCdrs, cdrWith } from '../core/analytics/cdrs.ts';
import { onEachEngine } from './on-each-engine.ts';

const now = Date.UTC(2026, 2, 3) / 1000;
let operators = 0;

const newOperator = (): string => {
  operators += 1;
  return `op${operators}`;
};

const days = async (database: Database, operatorId: string): Promise<readonly ListedRollup[]> =>
  (await listRollups(database, operatorId, { by: 'day' }, { limit: 100 })).items;

const inOrder = (rollups: readonly ListedRollup[]): readonly ListedRollup[] =>
  rollups.toSorted((a, b) => (`${a.group}#${a.currency}` < `${b.group}#${b.currency}` ? -1 : 1));

const expected = (contributions: readonly Contribution[]): readonly ListedRollup[] =>
  inOrder(
    sumRollups(contributions.flatMap(({ rollups }) => rollups))
      .filter(({ by }) => by === 'day')
      .map(({ group, currency, figures }) => ({ group, currency, figures })),
  );

onEachEngine('the store of rollups', (database) => {
  it('the rollups are the sums of the CDRs, in whatever batches these come, at once and again', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCdrs(8), fc.integer({ min: 1, max: 12 }), async (cdrs, size) => {
        const operatorId = newOperator();
        const all = cdrs.flatMap((cdr) => contributionOf(cdr, 'loc1') ?? []);
        const batches = [0, 1, 2].map((n) => [...all.slice(n * size), ...all.slice(0, n * size)]);
        await Promise.all(
          batches.map(async (batch) => await countCdrs(database(), operatorId, batch, now)),
        );

        expect(await days(database(), operatorId)).toEqual(expected(all));
      }),
      { numRuns: 4 },
    );
  });

  it('pages of rollups are whole and in order, between two days of which both are included', async () => {
    const operatorId = newOperator();
    const all = Array.from({ length: 40 }, (_, n) => {
      const endedAt = new Date(Date.UTC(2026, 1, 1 + Math.floor(n / 2), 12)).toISOString();
      const currency = n % 2 === 0 ? 'EUR' : 'SEK';
      const total = { currency, exclVat: '1.00', inclVat: '1.00' };
      return contributionOf(
        cdrWith({ cdrId: `cdr_${n}`, endedAt, timeZone: 'UTC' }, total),
        undefined,
      );
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
      contributionOf(cdrWith({ cdrId: `cdr_${n}`, energyKwh: 999_999.999999 }, total), undefined),
    ).flatMap((one) => one ?? []);
    await countCdrs(database(), operatorId, all, now);

    const sum = all
      .flatMap(({ rollups }) => rollups.slice(0, 1).map(({ figures }) => figures))
      .reduce<Figures | undefined>((a, b) => (a === undefined ? b : addFigures(a, b)), undefined);
    const month = { by: 'charger', month: '2026-03' } as const;
    const { items } = await listRollups(database(), operatorId, month, { limit: 10 });
    expect(items.map(({ figures }) => figures)).toEqual([sum]);
  });
});
