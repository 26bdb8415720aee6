import * as z from 'zod';
import { timeText } from '../common-schemas.ts';
import { id, pathId, timeZone } from '../forms.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, {
  message: 'The value must be a time of day, as in 02:30.',
});

const RulesForm = {
  waveSize: z.int().min(1).max(100).default(10),
  maxFailedPercent: z.int().min(0).max(100).default(20),
  retries: z.int().min(0).max(5).default(0),
  hoursPerCharger: z.int().min(1).max(168).default(24),
  evenIfCharging: z.boolean().default(false),
  window: z.strictObject({ from: timeOfDay, to: timeOfDay, timeZone }).optional(),
};

/** A campaign as an operator starts it: chargers by their ids, or all that the other fields fit. */
export const CampaignForm = z
  .strictObject({
    firmwareId: id(64),
    chargers: z.strictObject({
      chargerIds: z.array(pathId(48)).min(1).max(2_000).optional(),
      locationId: id(64).optional(),
      vendor: id(50).optional(),
      model: id(50).optional(),
      firmwareVersion: id(50).optional(),
    }),
    ...RulesForm,
  })
  .meta({ id: 'CampaignForm' });

/** A campaign that was read. */
export type CampaignForm = z.output<typeof CampaignForm>;

const Turn = { chargerId: z.string(), attempt: z.int() };

/** A campaign as it is shown. */
export const CampaignSchema = z
  .strictObject({
    campaignId: z.string(),
    firmwareId: z.string(),
    version: z.string(),
    state: z.enum(['running', 'paused', 'stopped', 'finished']),
    createdAt: timeText,
    rules: z.strictObject({
      waveSize: z.int(),
      maxFailedPercent: z.int(),
      retries: z.int(),
      hoursPerCharger: z.int(),
      evenIfCharging: z.boolean(),
      window: z.strictObject({ from: z.string(), to: z.string(), timeZone: z.string() }).optional(),
    }),
    total: z.int(),
    waiting: z.int(),
    installed: z.int(),
    failed: z.int(),
    skipped: z.int().meta({ description: 'Chargers that had the version already.' }),
    inFlight: z.array(z.strictObject({ ...Turn, startedAt: timeText })),
    ended: z.array(
      z.strictObject({
        ...Turn,
        outcome: z.enum(['installed', 'failed', 'skipped']),
        word: z
          .string()
          .optional()
          .meta({ description: 'The word that the outcome follows from.' }),
        at: timeText,
      }),
    ),
  })
  .meta({ id: 'FirmwareCampaign' });
