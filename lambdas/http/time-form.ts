import * as z from 'zod';
import { type Instant, isoInstant } from '../../core/units/instant.ts';
import { parseInstant } from '../../core/units/parse-instant.ts';

/** Characters of a time, at most. */
export const longestTime = 64;

/** An ISO 8601 time with an offset or `Z`, as a point in time. */
export const pointInTime = z
  .string()
  .max(longestTime)
  .transform((text, context): Instant => {
    const parsed = parseInstant(text);
    if (parsed.kind === 'instant') return parsed.at;
    const message =
      parsed.kind === 'no-zone'
        ? 'A time needs Z or an offset, as in 2026-04-14T18:30:00+02:00.'
        : 'The value must be an ISO 8601 time, as in 2026-04-14T18:30:00Z.';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** An ISO 8601 time with an offset or `Z`, as ISO 8601 in UTC with milliseconds. */
export const time = pointInTime.transform(isoInstant);
