import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergePages } from '../../../lambdas/store/table/owner-listing.ts';

const places = fc.uniqueArray(fc.integer({ min: 10, max: 99 }).map(String), { maxLength: 20 });

it('a session that ends while active and ended ones are read is listed once, as it was found last', () => {
  fc.assert(
    fc.property(
      places,
      places,
      fc.constantFrom('ascending' as const, 'descending' as const),
      fc.integer({ min: 1, max: 45 }),
      (active, ended, order, limit) => {
        const page = (sorts: readonly string[], state: string) => ({
          entries: sorts.map((sort) => ({ sort, state })),
          next: null,
        });
        const pages = [page(active, 'active'), page(ended, 'ended')];
        const { entries, next } = mergePages(pages, { order, limit });

        const all = [...new Set([...active, ...ended])].toSorted();
        const inOrder = order === 'ascending' ? all : all.toReversed();
        expect(entries).toEqual(
          inOrder
            .slice(0, limit)
            .map((sort) => ({ sort, state: ended.includes(sort) ? 'ended' : 'active' })),
        );
        expect(next).toBe(all.length > limit ? inOrder[limit - 1] : null);
      },
    ),
  );
});
