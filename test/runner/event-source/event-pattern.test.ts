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
  it('takes a record that has one of the listed values in every field', () => {
    expect(matches({ eventName: ['INSERT', 'MODIFY'] })).toBe(true);
    expect(ofImage({ kind: { S: ['SESSION'] }, state: { S: ['ended'] } })).toBe(true);
    expect(ofImage({ kind: { S: ['SESSION'] }, state: { S: ['active'] } })).toBe(false);
  });

  it('asks whether a field is there, at any depth', () => {
    expect(ofImage({ cdrSequence: { N: [{ exists: false }] } })).toBe(true);
    expect(ofImage({ energy: { N: [{ exists: false }] } })).toBe(false);
    expect(ofImage({ energy: { N: [{ exists: true }] } })).toBe(true);
    expect(ofImage({ cdrSequence: { N: [{ exists: true }] } })).toBe(false);
  });

  it('a number of DynamoDB is compared as the text that it is', () => {
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
  ])('a filter that the runner cannot match is refused by name: %j', (pattern) => {
    expect(() => parseEventPattern(JSON.stringify(pattern))).toThrow('cannot match');
  });
});
