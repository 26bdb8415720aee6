import * as z from 'zod';
import { eventTypes } from '../../../core/event/event.ts';
import { timeText } from '../common-schemas.ts';

/** An event as it is answered, sent to webhooks and sent over the live feed. */
export const EventSchema = z
  .strictObject({
    type: z.enum(eventTypes),
    id: z.string().meta({ description: 'Greater, as text, than the ids of all earlier events.' }),
    at: timeText,
    operatorId: z.string(),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What it is about, by its type: docs/webhooks.md.' }),
  })
  .meta({ id: 'Event' });
