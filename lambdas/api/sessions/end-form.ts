import * as z from 'zod';
import { time } from '../../http/time-form.ts';

/** An operator's wish to end a session that its charger will not end. */
export const EndForm = z.strictObject({
  reason: z.string().trim().min(1).max(500).meta({
    description: 'Why, for whoever asks later: it is kept in the evidence of the CDR.',
  }),
  endedAt: time.optional().meta({
    description:
      'When it ended, between its start and now. Without it, at its last reading, or at its start where there is none.',
  }),
  force: z.boolean().optional().meta({
    description: 'true: also where the charger is connected and still reports the session.',
  }),
});
