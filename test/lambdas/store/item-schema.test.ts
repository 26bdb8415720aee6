import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditional } from '../../../lambdas/store/table/condition.ts';
import { getItem, getItems } from '../../../lambdas/store/table/get-item.ts';
import { type Item, number, toItem } from '../../../lambdas/store/table/item.ts';
import { itemForward, LaterSchemaError } from '../../../lambdas/store/table/item-schema.ts';
import { keyAttributes } from '../../../lambdas/store/table/keys/key.ts';
import { newItem } from '../../../lambdas/stream/stream-records.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';

/** A kind whose every schema counts one on, so that a step left out or taken twice shows. */
const counting = (schemas: number) => ({
  COUNT: Array.from({ length: schemas - 1 }, (_, index) => (item: Item) => {
    if (number(item, 'steps') !== index) throw new Error(`step ${index} came out of turn`);
    return { ...item, steps: { N: String(index + 1) } };
  }),
});

const itemOf = (schema: number): Item =>
  toItem({ kind: 'COUNT', steps: schema - 1, ...(schema === 1 ? {} : { schema }) });

describe('items that another release wrote', () => {
  it('an item of any earlier schema is read as if it had been written in the latest one', () => {
    const latest = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(latest, fc.nat(), (schemas, place) => {
        const written = 1 + (place % schemas);
        expect(itemForward(itemOf(written), counting(schemas))).toEqual(itemOf(schemas));
      }),
    );
  });

  it('an item of a later schema is never read as something else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (known, more) => {
        const read = () => itemForward(itemOf(known + more), counting(known));
        expect(read).toThrow(LaterSchemaError);
      }),
    );
  });

  it('an entry of an index, which has no kind, stays as it is', () => {
    const entry = toItem({ pk: 'A', sk: 'B', listSort: 'C' });

    expect(itemForward(entry, counting(3))).toBe(entry);
  });
});

describe('reading what a later release wrote', () => {
  let database: TestDatabase;
  const key = { pk: 'TARIFF#op#tar', sk: 'TARIFF' };
  const later = toItem({ ...key, kind: 'TARIFF', schema: 2 });

  beforeAll(async () => {
    database = await openDatabase('dynoxide');
    await database.client.send(new PutItemCommand({ TableName: database.state, Item: later }));
  });

  afterAll(async () => {
    await database.stop();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['read alone', async () => await getItem(database, key)],
    ['read with others', async () => await getItems(database, [key])],
    [
      'given by the write that changed it',
      async () =>
        await database.client.send(
          new UpdateItemCommand({
            TableName: database.state,
            Key: keyAttributes(key),
            UpdateExpression: 'SET touched = :yes',
            ExpressionAttributeValues: toItem({ ':yes': true }),
            ReturnValues: 'ALL_NEW',
          }),
        ),
    ],
    [
      'given by the write that it refused',
      async () =>
        await conditional(
          database.client.send(
            new PutItemCommand({
              TableName: database.state,
              Item: later,
              ConditionExpression: 'attribute_not_exists(pk)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        ),
    ],
    ['given by the stream', async () => newItem({ dynamodb: { NewImage: later as never } })],
  ])('an item is refused with a clear sentence when it is %s', async (_way, read) => {
    await expect(read()).rejects.toThrow(/later release has written this TARIFF in schema 2/);
  });
});
