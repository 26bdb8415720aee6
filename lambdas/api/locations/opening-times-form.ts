import * as z from 'zod';
import { time } from '../../http/time-form.ts';

const localTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, {
  message: 'The value must be a local time from 00:00 to 23:59.',
});

const inOrder = {
  message: 'periodEnd must be after periodBegin; hours past midnight are two periods.',
};

const regularHours = z
  .strictObject({
    weekday: z.int().min(1).max(7).meta({ description: '1 is Monday.' }),
    periodBegin: localTime,
    periodEnd: localTime,
  })
  .refine(({ periodBegin, periodEnd }) => periodBegin < periodEnd, inOrder);

const exceptionalPeriod = z
  .strictObject({ periodBegin: time, periodEnd: time })
  .refine(({ periodBegin, periodEnd }) => periodBegin < periodEnd, {
    message: 'periodEnd must be after periodBegin.',
  });

/** When a location is open, as OCPI says it: always, or in regular hours; and the exceptions. */
export const openingTimesForm = z
  .strictObject({
    twentyfourseven: z.boolean(),
    regularHours: z.array(regularHours).max(70).default([]),
    exceptionalOpenings: z.array(exceptionalPeriod).max(100).default([]),
    exceptionalClosings: z.array(exceptionalPeriod).max(100).default([]),
  })
  .refine(({ twentyfourseven, regularHours: hours }) => twentyfourseven !== hours.length > 0, {
    message: 'Either twentyfourseven is true, or regularHours has at least one entry.',
  });
