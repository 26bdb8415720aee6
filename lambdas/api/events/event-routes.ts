import * as z from 'zod';
import { eventTypes } from '../../../core/event/event.ts';
import { positionOf } from '../../../core/event/event-id.ts';
import { done, refused } from '../../http/answer.ts';
import { pageOf, pageQuery } from '../../http/page.ts';
import { noteReading } from '../../store/events/audience.ts';
import { eventsKeptFor } from '../../store/events/logged-event.ts';
import { readLog } from '../../store/events/read-log.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { EventSchema } from './event-schema.ts';

const typesText = z
  .string()
  .max(2_000)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(eventTypes)))
  .meta({ description: 'Types of events, separated by commas; all unless given.' });

const position = z
  .string()
  .max(64)
  .refine((text) => positionOf(text) !== undefined, {
    message: 'The value must be the id of an event.',
  });

const EventPage = pageOf(EventSchema).extend({
  position: z
    .string()
    .nullable()
    .meta({ description: 'The place up to which this answer has read: the next after.' }),
  loggedSince: timeText.meta({
    description: 'Events since then are complete; before, nobody had read any for a week.',
  }),
});

/** The calls about events. */
export const eventRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/events',
    summary: 'Lists the events of the last 7 days in their order, the oldest first.',
    scope: 'events:read',
    query: z.strictObject({
      after: position
        .optional()
        .meta({ description: 'The id of an event, or a position: only what came after it.' }),
      cursor: position.optional().meta({ description: 'The same as after.' }),
      types: typesText.optional(),
      limit: pageQuery.limit,
    }),
    response: EventPage,
    errors: ['EVENTS_GONE'],
    run: async ({ database, operatorId, now }, { query }) => {
      const { types, limit } = query;
      const after = query.cursor ?? query.after;
      const reader = await noteReading(database, operatorId, now);
      const read = await readLog(database, operatorId, {
        after: after === undefined ? undefined : positionOf(after),
        limit,
        isWanted: ({ type }) => types === undefined || types.includes(type),
        now: Date.parse(now),
      });
      if (read.kind === 'gone') return refused('EVENTS_GONE');
      const since = Math.max(Date.parse(reader.loggedSince), Date.parse(now) - eventsKeptFor);
      return done({
        items: [...read.events],
        nextCursor: read.more ? (read.readTo ?? null) : null,
        position: read.readTo ?? after ?? null,
        loggedSince: new Date(since).toISOString(),
      });
    },
  }),
];
