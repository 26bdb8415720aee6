import type * as z from 'zod';
import { NumberLiteral } from '../../core/units/json-literals.ts';

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

const oneOf = (values: readonly unknown[]): string =>
  `The value must be one of ${values.map(String).join(', ')}.`;

/** Says in a plain sentence which rule a value breaks; a schema's own sentence takes precedence. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'This field is required.';
      return issue.input instanceof NumberLiteral
        ? 'The value must have at most 15 digits.'
        : `The value must be ${kinds[issue.expected] ?? `of type ${issue.expected}`}.`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `The value must be ${String(issue.values[0])}.`
        : oneOf(issue.values);
    case 'too_small':
      return boundOf('at least', issue.minimum, issue.origin);
    case 'too_big':
      return boundOf('at most', issue.maximum, issue.origin);
    case 'not_multiple_of':
      return `The value must be a multiple of ${issue.divisor}.`;
    case 'invalid_union':
      return !Array.isArray(issue.options)
        ? 'The value has none of the forms that it may have here.'
        : oneOf(issue.options);
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
