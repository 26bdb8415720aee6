import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
};

/** Counted unit of a value of this origin; a number is compared directly. */
const counted: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

const boundOf = (side: string, bound: number | bigint, origin: string): string => {
  const unit = counted[origin];
  return unit === undefined
    ? `The value must be ${side} ${bound}.`
    : `The value must have ${side} ${bound} ${unit}${Number(bound) === 1 ? '' : 's'}.`;
};

/** Says in a plain sentence which rule a value breaks; a schema's own sentence takes precedence. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This field is required.'
        : `The value must be ${kinds[issue.expected] ?? `of type ${issue.expected}`}.`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `The value must be ${String(issue.values[0])}.`
        : `The value must be one of ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return boundOf('at least', issue.minimum, issue.origin);
    case 'too_big':
      return boundOf('at most', issue.maximum, issue.origin);
    case 'unrecognized_keys':
      return 'This field is unknown here.';
    case 'invalid_format':
      return issue.format === 'url'
        ? 'The value must be a URL.'
        : 'The value has the wrong format.';
    default:
      return undefined;
  }
};
