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

  it('compares beginnings, ends, spelling, exclusions and numbers', () => {
    expect(ofImage({ kind: { S: [{ prefix: 'SES' }] } })).toBe(true);
    expect(ofImage({ kind: { S: [{ suffix: 'SES' }] } })).toBe(false);
    expect(ofImage({ kind: { S: [{ 'equals-ignore-case': 'session' }] } })).toBe(true);
    expect(ofImage({ kind: { S: [{ 'anything-but': ['TARIFF', 'TOKEN'] }] } })).toBe(true);
    expect(ofImage({ kind: { S: [{ 'anything-but': { prefix: 'SES' } }] } })).toBe(false);
    const created = (numeric: unknown[]) =>
      matches({ dynamodb: { ApproximateCreationDateTime: [{ numeric }] } });
    expect(created(['>', 0, '<=', 1_700_000_000])).toBe(true);
    expect(created(['<', 1_700_000_000])).toBe(false);
  });

  it('never takes a number of DynamoDB for one, as AWS does not', () => {
    expect(ofImage({ energy: { N: [{ numeric: ['>', 0] }] } })).toBe(false);
    expect(ofImage({ energy: { N: ['12'] } })).toBe(true);
  });

  it('takes either side of an $or', () => {
    expect(matches({ $or: [{ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] }] })).toBe(true);
    expect(matches({ $or: [{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }] })).toBe(false);
  });

  it('is refused by name when it asks what the stack cannot match', () => {
    expect(() => parseEventPattern('{"eventName":[{"wildcard":"M*"}]}')).toThrow('wildcard');
  });
});
