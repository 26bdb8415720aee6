import * as z from 'zod';
import { parseDecimal, shortDecimal } from '../../core/units/decimal.ts';
import { dayOfDate } from '../../core/units/local-time.ts';
import { isTimeZone } from '../../core/units/time-zone.ts';
import { longestTime, time } from '../http/time-form.ts';

// A plus sign that nobody encoded is a blank by the time that we see it.
const lostPlus = /(?<=[Tt ]\d{2}:\d{2}\S*) (?=\d{2}(?::?\d{2})?$)/;

/** A time in a query: like one in a body, and the plus sign of its offset need not be encoded. */
export const queryTime = z
  .string()
  .max(longestTime)
  .transform((text) => text.replace(lostPlus, '+'))
  .pipe(time);

/** A name of the IANA time zone database. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { message: 'The value must be an IANA time zone, as in Europe/Berlin.' });

/** More than any number of charging takes: the time that digits cost grows with their square. */
const mostCharacters = 100;

/** A decimal, as text or as a JSON number of up to 15 digits; read without passing through a float. */
export const decimal = z
  .union([z.string(), z.number()], {
    error: 'The value must be a decimal number; one with more than 15 digits must be sent as text.',
  })
  .meta({ maxLength: mostCharacters })
  .transform((given, context) => {
    const text = String(given);
    const read = text.length <= mostCharacters ? parseDecimal(text) : undefined;
    if (read !== undefined) return shortDecimal(read.digits, read.decimals);
    context.addIssue({ code: 'custom', message: 'The value must be a decimal number.' });
    return z.NEVER;
  });

/** A whole number from 0 on, as text or as a JSON number. */
export const whole = (most: number) =>
  decimal
    .transform((given, context) => {
      const number = Number(given);
      if (Number.isSafeInteger(number) && number >= 0 && number <= most) return number;
      context.addIssue({
        code: 'custom',
        message: `The value must be a whole number from 0 to ${most}.`,
      });
      return z.NEVER;
    })
    .meta({ minimum: 0, maximum: most });

/** An id as in a path or body: short, printable, without blanks at its ends. */
export const id = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, {
      message: 'The value must be printable ASCII, without a space at either end.',
    });

/** An id that can be a step of a path: API Gateway decodes paths before it splits them, and clients resolve dots. */
export const pathId = (longest: number) =>
  id(longest).refine((text) => !/[/?]/.test(text) && !/^\.{1,2}$/.test(text), {
    message:
      'The value must not contain / or ? and must not be . or .. because it is used in URLs.',
  });

/** A word of a list, written as the list has it. */
export const wordOf = (words: readonly string[]) =>
  z
    .string()
    .refine((text) => words.includes(text), {
      message: `The value must be one of ${words.join(', ')}.`,
    })
    .meta({ enum: [...words] });

/** A month, `YYYY-MM`. */
export const month = z
  .string()
  .max(7)
  .refine((text) => dayOfDate(`${text}-01`) !== undefined, {
    message: 'The value must be a month, as in 2026-03.',
  });
