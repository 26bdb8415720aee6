import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Endpoint } from '../../../runner/aws-json/start-json-endpoint.ts';
import { createTables } from '../../../runner/dynamodb/create-tables.ts';
import { createEngineClient } from '../../../runner/dynamodb/engine-client.ts';
import { startDynamodbEndpoint } from '../../../runner/dynamodb/start-dynamodb-endpoint.ts';
import { type Engine, startEngine } from '../../../runner/dynamodb/start-engine.ts';
import { sweepExpiredItems } from '../../../runner/dynamodb/sweep-expired-items.ts';
import { type Table, tablesOf } from '../../../runner/dynamodb/table.ts';
import type { TableUse } from '../../../runner/dynamodb/table-use.ts';
import type { Usage } from '../../../runner/runner-interfaces.ts';
import { describeOnEachEngine } from './engines.ts';
import { readingsDeployment } from './readings-deployment.ts';

const text = (S: string) => ({ S });
const TableName = 'readings';

describeOnEachEngine('the tables on %s', (name) => {
  const tables = tablesOf(readingsDeployment);
  const asked: string[] = [];
  const partitions: (readonly string[] | undefined)[] = [];
  const written: string[] = [];
  const usages: Usage[] = [];
  const uses: TableUse[] = [];
  let throttling = '';
  let denied = '';
  let failing = '';
  let held: Promise<undefined> | undefined;
  let engine: Engine;
  let endpoint: Endpoint;
  let dynamodb: DynamoDBClient;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'joulegate-dynamodb-'));
    engine = await startEngine(name, folder);
    const client = createEngineClient(engine.url);
    await createTables(client, tables);
    client.close();
    endpoint = await startDynamodbEndpoint({
      engine,
      tables,
      authorize: (accessKeyId, action, arn, leadingKeys) => {
        partitions.push(leadingKeys);
        asked.push(`${accessKeyId} ${action} ${arn.split(':').at(-1)}`);
        return action === denied ? { allowed: false, message: `not ${action}` } : { allowed: true };
      },
      count: (_accessKeyId, usage) => usages.push(usage),
      onWrite: (table) => written.push(table),
      measure: (use) => uses.push(use),
      disturb: (operation, accessKeyId) => {
        if (operation === throttling) return 'throttle';
        return `${accessKeyId} ${operation}` === failing ? 'fail' : held;
      },
    });
    dynamodb = new DynamoDBClient({
      endpoint: endpoint.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'ASIAOCPP', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  });

  afterEach(() => {
    denied = '';
    failing = '';
    throttling = '';
    held = undefined;
    uses.length = 0;
    asked.length = 0;
    partitions.length = 0;
    written.length = 0;
    usages.length = 0;
  });

  afterAll(async () => {
    dynamodb.destroy();
    await endpoint.stop();
    await engine.stop();
  });

  it('the local tables write and read items, and ask IAM for the action on table or index', async () => {
    const Item = { pk: text('ses_1'), sk: text('1'), listKey: text('op_1'), listSort: text('1') };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'listing',
        KeyConditionExpression: 'listKey = :key',
        ExpressionAttributeValues: { ':key': text('op_1') },
      }),
    );
    expect(Items).toEqual([Item]);
    expect(asked).toEqual([
      'ASIAOCPP dynamodb:PutItem table/readings',
      'ASIAOCPP dynamodb:Query table/readings/index/listing',
    ]);
    expect(written).toEqual(['readings']);
  });

  it('the local tables fail like AWS where a test asks for it, for one caller and one operation', async () => {
    const Item = { pk: text('ses_fails'), sk: text('1') };
    failing = 'ASIAOCPP PutItem';
    await expect(dynamodb.send(new PutItemCommand({ TableName, Item }))).rejects.toMatchObject({
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500 },
    });
    const got = await dynamodb.send(new GetItemCommand({ TableName, Key: Item }));

    expect(got.Item).toBeUndefined();
    expect(written).toEqual([]);
  });

  it('the local tables refuse what is too much as AWS does, count it for the table or the index that is read, and store nothing of it', async () => {
    const Item = { pk: text('ses_throttled'), sk: text('1') };
    const put = new PutItemCommand({ TableName, Item });
    const together = new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item } }, { Delete: { TableName, Key: Item } }],
    });
    const list = new QueryCommand({
      ...{ TableName, IndexName: 'listing', KeyConditionExpression: 'listKey = :key' },
      ExpressionAttributeValues: { ':key': text('op_1') },
    });
    throttling = 'PutItem';
    await expect(dynamodb.send(put)).rejects.toMatchObject({
      ...{ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } },
    });
    throttling = 'TransactWriteItems';
    await expect(dynamodb.send(together)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ThrottlingError' }, { Code: 'ThrottlingError' }],
    });
    throttling = 'Query';
    await expect(dynamodb.send(list)).rejects.toMatchObject({ name: 'ThrottlingException' });

    const written = { table: TableName, metric: 'WriteThrottleEvents', amount: 1 };
    const read = { table: TableName, metric: 'ReadThrottleEvents', amount: 1 };
    expect(uses).toEqual([written, written, written, { ...read, index: 'listing' }]);
    throttling = '';
    expect(
      (await dynamodb.send(new GetItemCommand({ TableName, Key: Item }))).Item,
    ).toBeUndefined();
    expect(usages).toHaveLength(1);
  });

  it('the units of a request are counted for the table without its indexes, and for each of these', async () => {
    const Item = {
      ...{ pk: text('ses_units'), sk: text('1') },
      ...{ listKey: text('op_units'), listSort: text('units') },
    };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    const taken = new PutItemCommand({
      ...{ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
    });
    await expect(dynamodb.send(taken)).rejects.toThrow();
    const { pk, sk } = Item;
    const get = new GetItemCommand({ TableName, Key: { pk, sk }, ConsistentRead: true });
    await dynamodb.send(get);
    const other = { ...Item, sk: text('2') };
    await dynamodb.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: other } }] }),
    );
    const write = { table: TableName, metric: 'ConsumedWriteCapacityUnits', amount: 1 };
    expect(uses).toEqual([
      write,
      { ...write, index: 'listing' },
      write,
      { table: TableName, metric: 'ConsumedReadCapacityUnits', amount: 1 },
      { ...write, amount: 2 },
      { ...write, amount: 2, index: 'listing' },
    ]);
  });

  it('the local tables let a call wait where a test asks for it, and then do what it says', async () => {
    const Item = { pk: text('ses_waits'), sk: text('1') };
    const { promise, resolve } = Promise.withResolvers<undefined>();
    held = promise;
    const put = dynamodb.send(new PutItemCommand({ TableName, Item })).then(() => 'written');
    await expect.poll(() => asked).toHaveLength(1);
    held = undefined;
    const got = await dynamodb.send(new GetItemCommand({ TableName, Key: Item }));
    expect(got.Item).toBeUndefined();
    expect(written).toEqual([]);
    resolve(undefined);

    expect(await put).toBe('written');
    expect(written).toEqual([TableName]);
  });

  it('the local tables pass the partition keys of a request to policies with conditions on them', async () => {
    const item = (pk: string) => ({ pk: text(pk), sk: text('1') });
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('ses_put') }));
    await dynamodb.send(new GetItemCommand({ TableName, Key: item('ses_get') }));
    await dynamodb.send(
      new BatchGetItemCommand({
        RequestItems: { [TableName]: { Keys: [item('ses_a'), item('ses_b')] } },
      }),
    );
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: item('ses_c') } },
          { Put: { TableName, Item: item('ses_d') } },
          { Delete: { TableName, Key: item('ses_e') } },
        ],
      }),
    );

    expect(partitions).toEqual([
      ['ses_put'],
      ['ses_get'],
      ['ses_a', 'ses_b'],
      ['ses_c', 'ses_d'],
      ['ses_e'],
    ]);
  });

  it('the local tables ask IAM for the action of each item of a transaction', async () => {
    const Key = { pk: text('ses_2'), sk: text('1') };
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: Key } },
          { Update: { TableName, Key: { ...Key, sk: text('2') }, UpdateExpression: 'REMOVE x' } },
          { Delete: { TableName, Key: { ...Key, sk: text('3') } } },
          {
            ConditionCheck: {
              TableName,
              Key: { ...Key, sk: text('4') },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
    );
    expect(asked.map((each) => each.split(' ')[1])).toEqual([
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ]);
  });

  it('the local tables answer AccessDenied like AWS and do nothing', async () => {
    denied = 'dynamodb:PutItem';
    const Key = { pk: text('ses_3'), sk: text('1') };
    await expect(dynamodb.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject(
      {
        name: 'AccessDeniedException',
        message: 'not dynamodb:PutItem',
      },
    );
    expect((await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
    expect(written).toEqual([]);
  });

  it('a write is counted in whole kilobytes, separately for the index, under its partition keys', async () => {
    const large = { pk: text('ses_4'), sk: text('1'), raw: text('x'.repeat(2_500)) };
    const Item = { ...large, listKey: text('op'), listSort: text('4') };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    expect(usages).toEqual([
      {
        service: 'dynamodb',
        operation: 'PutItem',
        units: { request: 1, write: 3 },
        key: 'readings ses_4',
      },
      {
        service: 'dynamodb',
        operation: 'PutItem',
        units: { write: 1 },
        key: 'readings/listing op',
      },
    ]);
  });

  it('both sides of a moved index entry are counted', async () => {
    const Key = { pk: text('ses_5'), sk: text('1') };
    const Item = { ...Key, listKey: text('op#active'), listSort: text('5') };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    usages.length = 0;
    await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET listKey = :ended',
        ExpressionAttributeValues: { ':ended': text('op#ended') },
      }),
    );
    expect(usages.map(({ units, key }) => [key, units['write']])).toEqual([
      ['readings ses_5', 1],
      ['readings/listing op#ended', 2],
    ]);
  });

  it('a transaction is counted twice, including its index writes', async () => {
    const Item = { pk: text('ses_6'), sk: text('1'), listKey: text('op'), listSort: text('6') };
    await dynamodb.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] }),
    );
    expect(usages.map(({ units }) => units['write'])).toEqual([2, 2]);
  });

  it('a read is counted in half units unless strongly consistent, and a failed condition as a write', async () => {
    const Key = { pk: text('ses_7'), sk: text('1') };
    const Item = { ...Key, raw: text('x'.repeat(5_000)) };
    const ConditionExpression = 'attribute_not_exists(pk)';
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    usages.length = 0;
    await dynamodb.send(new GetItemCommand({ TableName, Key }));
    await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    await dynamodb.send(new BatchGetItemCommand({ RequestItems: { readings: { Keys: [Key] } } }));
    const again = new PutItemCommand({ TableName, Item: Key, ConditionExpression });
    await expect(dynamodb.send(again)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(usages.map(({ units }) => units['read'] ?? units['write'])).toEqual([1, 2, 1, 1]);
  });

  it('sweeping the local tables removes expired items and nothing else', async () => {
    const client = createEngineClient(engine.url);
    const item = (sk: string, expiresAt: string) => ({
      pk: text('old'),
      sk: text(sk),
      expiresAt: { N: expiresAt },
    });
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('gone', '1000') }));
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('kept', '3000') }));
    for (const table of tables) {
      await sweepExpiredItems(client, table, 2_000_000);
    }
    client.close();
    const get = (sk: string) =>
      dynamodb.send(new GetItemCommand({ TableName, Key: { pk: text('old'), sk: text(sk) } }));
    expect((await get('gone')).Item).toBeUndefined();
    expect((await get('kept')).Item).toBeDefined();
  });

  it('a template whose keys differ from the stored data is refused', async () => {
    const client = createEngineClient(engine.url);
    const other = tables.map(
      (table): Table => ({
        ...table,
        definition: { ...table.definition, GlobalSecondaryIndexes: [] },
      }),
    );
    await expect(createTables(client, other)).rejects.toMatchObject({ code: 'TABLE_DIFFERS' });
    client.close();
  });

  it('the local tables keep their items across a restart', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-restart-'));
    const withClient = async <T>(
      use: (client: ReturnType<typeof createEngineClient>) => Promise<T>,
    ) => {
      const started = await startEngine(name, dataDirectory);
      const client = createEngineClient(started.url);
      await createTables(client, tables);
      const result = await use(client);
      client.close();
      await started.stop();
      return result;
    };
    const Item = { pk: text('ses_8'), sk: text('1') };
    await withClient((client) => client.call('PutItem', { TableName, Item }));
    const found = await withClient((client) => client.call('GetItem', { TableName, Key: Item }));
    expect(found['Item']).toEqual(Item);
  });
});
