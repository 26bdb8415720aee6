import * as z from 'zod';
import { type PullProgress, pulledModules } from '../../../core/ocpi/pull/pull-progress.ts';
import { timeText } from '../common-schemas.ts';

/** The modules that are to be pulled from a partner. */
export const PullForm = z.strictObject({
  modules: z
    .array(z.enum(pulledModules))
    .min(1)
    .max(pulledModules.length)
    .default([...pulledModules])
    .meta({ description: 'All that the partner offers unless stated.' }),
  full: z.boolean().default(false).meta({
    description: 'Everything again, and not only what changed since the last pull.',
  }),
});

/** How far the last pulls from a partner are, one for each module. */
export const PullsSchema = z
  .strictObject({
    partnerId: z.string(),
    pulls: z.array(
      z.strictObject({
        module: z.enum(pulledModules),
        state: z.enum(['running', 'complete', 'failed']),
        since: timeText.nullable().meta({ description: 'Null in a pull of everything.' }),
        total: z.int().nullable().meta({ description: 'What the partner counts.' }),
        received: z.int(),
        refused: z.int().meta({ description: 'Objects that could not be kept.' }),
        examples: z.array(
          z.strictObject({
            id: z.string(),
            problems: z.array(z.strictObject({ path: z.string(), message: z.string() })),
          }),
        ),
        error: z.string().nullable(),
        startedAt: timeText,
        updatedAt: timeText,
      }),
    ),
  })
  .meta({ id: 'RoamingPulls' });

/** Shows how far the last pulls from a partner are. */
export const pullsView = (partnerId: string, pulls: readonly PullProgress[]) => ({
  partnerId,
  pulls: pulls.map((pull) => ({
    module: pull.module,
    state: pull.state,
    since: pull.since ?? null,
    total: pull.total ?? null,
    received: pull.received,
    refused: pull.refused,
    examples: pull.examples.map(({ id, problems }) => ({ id, problems: [...problems] })),
    error: pull.error ?? null,
    startedAt: pull.startedAt,
    updatedAt: pull.updatedAt,
  })),
});
