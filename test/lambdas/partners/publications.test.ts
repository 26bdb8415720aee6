import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NumberLiteral } from '../../../core/units/json-literals.ts';
import { publishChange } from '../../../lambdas/partners/publish-change.ts';
import {
  publicationsSince,
  readPublication,
  readPublications,
} from '../../../lambdas/store/partners/publications.ts';
import type { PublicationList } from '../../../lambdas/store/table/keys/partner-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';

type Thing = { readonly name: string; readonly lastUpdated: string };

let database: TestDatabase;
let lists = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const newList = (): PublicationList => {
  lists += 1;
  return { operatorId: 'op_1', scope: `ptn_${lists}`, module: 'sessions' };
};

const timeOf = (minute: number): string => new Date(minute * 60_000).toISOString();

const show = async (list: PublicationList, name: string, minute: number) =>
  await publishChange<Thing>(database, list, name, () => ({ name, lastUpdated: timeOf(minute) }));

const namesOf = async (list: PublicationList, span: Parameters<typeof readPublications>[2]) => {
  const { total, objects } = await readPublications<Thing>(database, list, span);
  return { total, names: objects.map(({ objectId }) => objectId) };
};

describe('a list of what partners see', () => {
  it('a number in a field that no version knows keeps every digit, and stays a number', async () => {
    const list = newList();
    const extra = { points: [new NumberLiteral('12.50'), new NumberLiteral('9007199254740993')] };
    const thing = { name: 'a', steps: 60, extra, lastUpdated: timeOf(1) };
    await publishChange(database, list, 'a', () => thing);

    expect((await readPublication(database, list, 'a'))?.object).toEqual(thing);
  });

  it('pages of any size give every object once, in the order in which partners first saw them, whatever changed since and changes while they are read', async () => {
    const change = fc.record({ name: fc.constantFrom(...'abcdefgh'), minute: fc.nat(100) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 12 }),
        fc.array(change, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (changes, meanwhile, limit) => {
          const list = newList();
          for (const { name, minute } of changes) await show(list, name, minute);
          const coming = [...meanwhile];
          const found: string[] = [];
          let total = 1;
          for (let offset = 0; offset < total; offset += limit) {
            const page = await namesOf(list, { offset, limit });
            total = page.total;
            found.push(...page.names);
            const next = coming.shift();
            if (next !== undefined) await show(list, next.name, next.minute);
          }
          const shown = meanwhile.slice(0, meanwhile.length - coming.length);
          const names = [...new Set([...changes, ...shown].map(({ name }) => name))];
          // Those that came after the last page was read are for the next time.
          expect(found).toEqual(names.slice(0, found.length));
          expect(found.length).toBeGreaterThanOrEqual(
            new Set(changes.map(({ name }) => name)).size,
          );
          expect(total).toBe(found.length);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('dates choose by the last change, the first included and the last not, and count what they choose', async () => {
    const list = newList();
    for (const [at, name] of [...'abcd'].entries()) await show(list, name, at);
    await show(list, 'a', 10);

    const all = { offset: 0, limit: 10 };
    expect(await namesOf(list, { ...all, from: timeOf(2) })).toEqual({
      total: 3,
      names: ['a', 'c', 'd'],
    });
    expect(await namesOf(list, { ...all, from: timeOf(1), to: timeOf(3) })).toEqual({
      total: 2,
      names: ['b', 'c'],
    });
    expect(await namesOf(list, { offset: 1, limit: 1, from: timeOf(1) })).toEqual({
      total: 4,
      names: ['b'],
    });
    expect((await namesOf(list, { ...all, from: timeOf(3), to: timeOf(3) })).total).toBe(0);
  });

  it('objects since a time are all read, a few at once, and where they are is looked up as often as for one', async () => {
    const list = newList();
    for (const [at, name] of [...'abcdefg'].entries()) await show(list, name, at);
    const read = async (atOnce: number) => {
      const pages: string[][] = [];
      const { reads } = await countRequests(database, async () => {
        for await (const page of publicationsSince<Thing>(database, list, timeOf(2), atOnce)) {
          pages.push(page.map(({ objectId }) => objectId));
        }
      });
      return { pages, queries: reads.filter((name) => name === 'Query').length };
    };
    const whole = await read(10);
    expect(whole.pages).toEqual([['c', 'd', 'e', 'f', 'g']]);
    expect(await read(2)).toEqual({
      pages: [['c', 'd'], ['e', 'f'], ['g']],
      queries: whole.queries,
    });
  });

  it('objects that appear at once all get a place of their own', async () => {
    const list = newList();

    await Promise.all([...'abcdef'].map((name, at) => show(list, name, at)));

    const { total, names } = await namesOf(list, { offset: 0, limit: 10 });
    expect(total).toBe(6);
    expect(names.toSorted()).toEqual([...'abcdef']);
  });

  it('an object is found by its id in any case, and only in its own list', async () => {
    const list = newList();
    await show(list, 'Yard-1', 1);

    expect((await readPublication(database, list, 'yard-1'))?.objectId).toBe('Yard-1');
    expect(await readPublication(database, newList(), 'Yard-1')).toBeUndefined();
  });
});
