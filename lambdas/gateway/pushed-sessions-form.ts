import * as z from 'zod';
import type { PushedRecord } from '../../core/push/pushed-record.ts';
import { pointInTime } from '../http/time-form.ts';

/** The most sessions of one request. */
export const mostSessions = 100;

/** Times before 2015 are those of clocks that were never set. */
const earliest = BigInt(Date.UTC(2015, 0, 1));

// Kept as it came: it is evidence.
const pushedTime = z
  .string()
  .superRefine((text, context) => {
    const read = pointInTime.safeParse(text);
    const message = read.success
      ? read.data < earliest && 'The time must not be before 2015.'
      : (read.error.issues[0]?.message ?? 'The value must be a time.');
    if (message) context.addIssue({ code: 'custom', message });
  })
  .meta({ format: 'date-time' });

const kiloWattHours = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((kwh) => /^-?\d+(?:\.\d)?(?:e\+\d+)?$/.test(String(kwh)), {
    message: 'The value must have at most 1 decimal.',
  })
  .meta({ description: 'With up to 1 decimal.' });

/** A session as a third party pushes it. */
const PushedSessionForm = z
  .strictObject({ carConnected: pushedTime, carDisconnected: pushedTime, kiloWattHours })
  .meta({ id: 'PushedSession' }) satisfies z.ZodType<PushedRecord>;

/** The body of a push. */
export const PushedSessionsForm = z.strictObject({
  sessions: z.array(PushedSessionForm).max(mostSessions),
});

/** The outcome of a push: both numbers add up to the sessions of the request. */
export const PushOutcomeSchema = z
  .strictObject({
    accepted: z.int().meta({ description: 'Sessions that are stored from now on.' }),
    duplicates: z.int().meta({ description: 'Sessions that were known already, and are skipped.' }),
  })
  .meta({ id: 'PushOutcome' });
