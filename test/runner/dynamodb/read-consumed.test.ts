import { describe, expect, it } from 'vitest';
import { readConsumed } from '../../../runner/dynamodb/read-consumed.ts';

const units = { TableName: 'state', CapacityUnits: 0.5 };
const answer = (body: string, status = 200) => ({ status, body: Buffer.from(body) });

describe('an answer of the database', () => {
  it('the units that an answer took are read without the items before them', () => {
    const body = `{"Items":[whatever],"Count":100,"ConsumedCapacity":${JSON.stringify(units)}}`;
    expect(readConsumed(answer(body))).toEqual({ ConsumedCapacity: units });
  });

  it.each([
    { ConsumedCapacity: [units], Responses: [{ Item: { pk: { S: 'a' } } }] },
    { Items: [{ note: { S: '"ConsumedCapacity":{}' } }], ConsumedCapacity: units },
    { ConsumedCapacity: units, Items: [{ note: { S: 'a "ConsumedCapacity":{}' } }] },
    { Items: [{ ConsumedCapacity: { N: '1' } }], ConsumedCapacity: units },
    { ConsumedCapacity: units, Items: [{ ConsumedCapacity: { N: '1' } }] },
  ])(
    'the units that an answer took are found wherever they stand, and however like them items look: %j',
    (output) => {
      const { ConsumedCapacity } = readConsumed(answer(JSON.stringify(output)));
      expect(ConsumedCapacity).toEqual(output.ConsumedCapacity);
    },
  );

  it.each(['{}', '{"Items":[]}'])(
    'an answer in which the engine says no units took none: %s',
    (body) => {
      expect(readConsumed(answer(body))).toEqual({});
    },
  );

  it('a refusal is read as a whole', () => {
    const refusal = { __type: 'x#ConditionalCheckFailedException', Item: { pk: { S: 'a' } } };
    expect(readConsumed(answer(JSON.stringify(refusal), 400))).toEqual(refusal);
  });
});
