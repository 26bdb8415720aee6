import { describe, expect, it } from 'vitest';
import { matchesPattern, parseEventPattern } from '../../../runner/event-source/event-pattern.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';

const ended = {
  eventName: 'MODIFY',
  dynamodb: {
    ApproximateCreationDateTime: 1_700_000_000,
    NewImage: { kind: { S: 'SESSION' }, state: { S: 'ended' }, energy: { N: '12' } },
  },
};

function matches(pattern: JsonObject): boolean {
  return matchesPattern(parseEventPattern(JSON.stringify(pattern)), ended);
}
const ofImage = (NewImage: JsonObject) => matches({ dynamodb: { NewImage } });

describe('a filter of stream records', () => {
  it('a filter accepts a record with one of the listed values in every field', () => {
    expect(matches({ eventName: ['INSERT', 'MODIFY'] })).toBe(true);
    expect(ofImage({ kind: { S: ['SESSION'] }, state: { S: ['ended'] } })).toBe(true);
    expect(ofImage({ kind: { S: ['SESSION'] }, state: { S: ['active'] } })).toBe(false);
  });

  it('a filter checks whether a field exists, at any depth', () => {
    expect(ofImage({ cdrSequence: { N: [{ exists: false }] } })).toBe(true);
    expect(ofImage({ energy: { N: [{ exists: false }] } })).toBe(false);
    expect(ofImage({ energy: { N: [{ exists: true }] } })).toBe(true);
    expect(ofImage({ cdrSequence: { N: [{ exists: true }] } })).toBe(false);
  });

  it('a filter compares a DynamoDB number as text', () => {
    expect(ofImage({ energy: { N: ['12'] } })).toBe(true);
    expect(ofImage({ energy: { N: [12] } })).toBe(false);
  });

  it.each([
    { eventName: [{ wildcard: 'M*' }] },
    { eventName: [{ prefix: 'M' }] },
    { eventName: [{ 'anything-but': ['INSERT'] }] },
    { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 0] }] } },
    { $or: [{ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] }] },
    { eventName: [{ exists: 'true' }] },
    { eventName: 'MODIFY' },
  ])('an unsupported filter is refused by name: %j', (pattern) => {
    expect(() => parseEventPattern(JSON.stringify(pattern))).toThrow('cannot match');
  });
});
