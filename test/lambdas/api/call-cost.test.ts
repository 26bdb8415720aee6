import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { countUnits } from '../count-units.ts';
import { oneOfEverything, pathOf, type Things } from '../one-of-everything.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let ids: Things;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  ids = await oneOfEverything(database, operator);
  // The first call with a key also notes that it is used.
  await operator.call('GET', '/tariffs');
});

afterAll(async () => {
  await database.stop();
});

const reading = routes.filter(({ method }) => method === 'GET').map(({ path }) => path);

/** Requests of one charger's uptime: its reports by connector, its absences, its exclusions. */
const more: Readonly<Record<string, number>> = { '/monitoring/uptime': 16 };

describe('the cost of a call that reads', () => {
  it.each(reading)('%s takes at most 12 requests, and 16 read units', async (template) => {
    let requests = 0;
    const { read } = await countUnits(database, async () => {
      const { reads } = await countRequests(database, async () => {
        await operator.call('GET', pathOf(template, ids));
      });
      requests = reads.length;
    });

    expect(requests).toBeLessThanOrEqual(more[template] ?? 12);
    expect(read).toBeLessThanOrEqual(16);
  });
});
