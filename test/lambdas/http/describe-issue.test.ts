import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeIssue } from '../../../lambdas/http/describe-issue.ts';
import { readBody } from '../../../lambdas/http/read-body.ts';

/** The sentences for what is wrong with a body, by JSON text as it was sent. */
const sentences = (schema: z.ZodType, text: string): readonly string[] => {
  const read = readBody(text, false);
  if (read.kind !== 'json') throw new Error(read.kind);
  const parsed = schema.safeParse(read.value, { error: describeIssue });
  return (parsed.error?.issues ?? []).map(({ message }) => message);
};

const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('stop') }),
]);

describe('the sentence for a value that is refused', () => {
  it.each<[string, z.ZodType, string, string]>([
    [
      'a number of more digits than survive',
      z.number(),
      '0.30000000000000004',
      'The value must have at most 15 digits.',
    ],
    ['a text where a number is due', z.number(), '"1"', 'The value must be a number.'],
    [
      'an unknown kind of several',
      command,
      '{"type":"dance"}',
      'The value must be one of start, stop.',
    ],
    ['a kind that is missing', command, '{}', 'The value must be one of start, stop.'],
    [
      'none of several forms',
      z.union([z.boolean(), z.array(z.string())]),
      '1',
      'The value has none of the forms that it may have here.',
    ],
    [
      'a number between steps',
      z.number().multipleOf(0.1),
      '0.25',
      'The value must be a multiple of 0.1.',
    ],
    [
      'a word that is unknown',
      z.enum(['soft', 'hard']),
      '"warm"',
      'The value must be one of soft, hard.',
    ],
    [
      'a text that is too long',
      z.string().max(1),
      '"ab"',
      'The value must have at most 1 character.',
    ],
  ])('%s is answered with the rule that it breaks', (_words, schema, text, sentence) => {
    expect(sentences(schema, text)).toEqual([sentence]);
  });
});
