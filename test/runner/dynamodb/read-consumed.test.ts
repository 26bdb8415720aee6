import { describe, expect, it } from 'vitest';
import { readConsumed } from '../../../runner/dynamodb/read-consumed.ts';

const units = { TableName: 'state', CapacityUnits: 0.5 };
const answer = (body: string, status = 200) => ({ status, body: Buffer.from(body) });

describe('the units that an answer of the database took', () => {
  it('are read without the items before them', () => {
    const body = `{"Items":[whatever],"Count":100,"ConsumedCapacity":${JSON.stringify(units)}}`;
    expect(readConsumed(answer(body))).toEqual({ ConsumedCapacity: units });
  });

  it.each([
    { ConsumedCapacity: [units], Responses: [{ Item: { pk: { S: 'a' } } }] },
    { Items: [{ note: { S: '"ConsumedCapacity":{}' } }], ConsumedCapacity: units },
    { ConsumedCapacity: units, Items: [{ note: { S: 'a "ConsumedCapacity":{}' } }] },
    { Items: [{ ConsumedCapacity: { N: '1' } }], ConsumedCapacity: units },
    { ConsumedCapacity: units, Items: [{ ConsumedCapacity: { N: '1' } }] },
  ])('are found wherever they stand and whatever items hold: %j', (output) => {
    const { ConsumedCapacity } = readConsumed(answer(JSON.stringify(output)));
    expect(ConsumedCapacity).toEqual(output.ConsumedCapacity);
  });

  it.each(['{}', '{"Items":[]}'])('are none where the engine says none: %s', (body) => {
    expect(readConsumed(answer(body))).toEqual({});
  });

  it('are told by the whole of a refusal', () => {
    const refusal = { __type: 'x#ConditionalCheckFailedException', Item: { pk: { S: 'a' } } };
    expect(readConsumed(answer(JSON.stringify(refusal), 400))).toEqual(refusal);
  });
});
