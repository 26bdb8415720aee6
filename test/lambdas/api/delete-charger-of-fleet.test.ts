import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { haveLargeEntries, largeEntriesOfQuery } from '../../contracts/have-large-entries.ts';
import { countRequests } from '../count-requests.ts';
import { at } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

/** One page of a charger's active sessions reads so many queries of an operator's. */
const queriesOfPage = 3;

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

afterAll(async () => {
  await site.close();
});

it('a charger keeps its registration while it has an active session, although the sessions of others fill more than a page before it', async () => {
  const path = `/chargers/${await site.register()}`;
  const charger = await site.plugIn();
  const { transactionId } = await charger.call('StartTransaction', start());
  // The connector forgets the session for one that begins after it, and that has ended.
  const later = await charger.call('StartTransaction', start({ timestamp: at(5) }));
  await charger.call('StopTransaction', stop(later['transactionId']));
  const count = queriesOfPage * largeEntriesOfQuery + 100;
  const { operatorId } = site.operator;
  await haveLargeEntries(site.database, { operatorId, from: at(10), count });

  let refusal: string | undefined;
  const { reads } = await countRequests(site.database, async () => {
    refusal = (await site.call('DELETE', path)).code;
  });
  expect(refusal).toBe('CHARGER_HAS_ACTIVE_SESSION');
  // The charger's own items, and more of the list than one page.
  expect(reads.filter((name) => name === 'Query').length).toBeGreaterThan(1 + queriesOfPage);

  await charger.call('StopTransaction', stop(transactionId, { timestamp: at(4) }));
  expect((await site.call('DELETE', path)).status).toBe(204);
});
