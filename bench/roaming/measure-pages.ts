import {
  type AttributeValue,
  BatchWriteItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { listApi } from '../../clients/operator-api.ts';
import {
  type PublicationList,
  publicationCountKey,
  publicationKey,
  publicationShard,
} from '../../lambdas/store/table/keys/partner-keys.ts';
import { total } from '../aws-bill/step-usage.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import type { BenchPartners } from './bench-partners.ts';

type Item = Record<string, AttributeValue>;

const objects = 100_000;
const perPage = 100;
/** How many of them fit a date that is asked for. */
const dated = [1_000, 4_000];
const itemsPerRequest = 25;
const atOnce = 4;

const isoOf = (position: number): string =>
  new Date(Date.UTC(2026, 0, 1) + position * 1_000).toISOString();

/** The n-th CDR of a list: the first one under another id and a time of its own. */
function copyOf(template: Item, list: PublicationList, position: number): Item {
  const { pk, sk } = publicationKey(list, position);
  const lastUpdated = isoOf(position);
  return {
    ...template,
    pk: { S: pk },
    sk: { S: sk },
    position: { N: String(position) },
    objectId: { S: `cdr-${position}` },
    lastUpdated: { S: lastUpdated },
    listKey: { S: publicationShard(list, position) },
    listSort: { S: `${lastUpdated}#${String(position).padStart(10, '0')}` },
  };
}

/** The places that are read: the pages at three offsets, and the newest ones. No other object of a list is ever touched by these. */
const readPlaces: readonly number[] = [
  ...Array.from({ length: perPage }, (_, at) => at + 1),
  ...Array.from({ length: perPage }, (_, at) => objects / 2 + at + 1),
  ...Array.from({ length: Math.max(...dated) }, (_, at) => objects - at),
];

/** Makes a list of so many CDRs out of the one that it has, as far as it is read: to charge them would take days. */
async function growList({ database }: BenchStack, list: PublicationList): Promise<void> {
  const { client, state } = database;
  const { pk } = publicationKey(list, 1);
  const found = await client.send(
    new QueryCommand({
      TableName: state,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      Limit: 1,
    }),
  );
  const [template] = found.Items ?? [];
  if (template === undefined) throw new Error('The partner has no CDR.');
  const requests = Math.ceil(readPlaces.length / itemsPerRequest);
  const batches = Array.from({ length: requests }, (_, at) => at * itemsPerRequest).values();
  const work = async (): Promise<void> => {
    for (const first of batches) {
      const puts = readPlaces.slice(first, first + itemsPerRequest).map((position) => ({
        PutRequest: { Item: copyOf(template, list, position) },
      }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [state]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const count = publicationCountKey(list);
  const Item = {
    pk: { S: count.pk },
    sk: { S: count.sk },
    kind: { S: 'PUBLICATIONS' },
    count: { N: String(objects) },
  };
  await client.send(new PutItemCommand({ TableName: state, Item }));
}

/** The read units of pages of 100 CDRs among 100,000, for the partner that reads them. */
export async function measurePages(
  stack: BenchStack,
  partners: BenchPartners,
): Promise<readonly Row[]> {
  const { access, operatorId } = stack;
  type Known = { readonly partnerId: string; readonly name: string };
  const all = await Array.fromAsync(listApi<Known>(access, '/partners'));
  const scope = all.find(({ name }) => name === 'Partner 0')?.partnerId ?? '';
  await growList(stack, { operatorId, scope, module: 'cdrs' });
  await stack.drained();
  const authorization = `Token ${Buffer.from(partners.tokenOf(0)).toString('base64')}`;
  const page = async (query: string): Promise<number> => {
    const { steps } = await stack.countDuring(async () => {
      const url = `${access.http}/ocpi/cpo/2.2.1/cdrs?limit=${perPage}${query}`;
      const answer = await fetch(url, { headers: { authorization } });
      const { data } = (await answer.json()) as { readonly data: readonly unknown[] };
      if (data.length !== perPage) throw new Error(`A page has ${data.length} CDRs.`);
    });
    return total(steps, 'readUnits');
  };
  // The first one loads what later ones find.
  await page('');
  const [first, middle, last] = [
    await page('&offset=0'),
    await page(`&offset=${objects / 2}`),
    await page(`&offset=${objects - perPage}`),
  ];
  const costs: string[] = [];
  let dearest = 0;
  for (const many of dated) {
    const units = (await page(`&date_from=${isoOf(objects - many + 1)}`)) - first;
    costs.push(`${units} for ${many.toLocaleString('en')}`);
    dearest = Math.max(dearest, (units / many) * 1_000);
  }
  const of = `A page of ${perPage} CDRs among ${objects.toLocaleString('en')}`;
  return [
    atMost(`${of}: read units`, 140, first, { unit: 'units' }),
    atMost(`${of}: more at any offset`, 0, Math.max(middle, last) - first, {
      unit: 'units',
      note: `${first}, ${middle}, ${last} at the first, the middle and the last`,
    }),
    atMost(`${of}: more with date_from, by 1,000 that fit it`, 30, dearest, {
      unit: 'units',
      note: costs.join(', '),
    }),
  ];
}
