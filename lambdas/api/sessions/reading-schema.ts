import * as z from 'zod';
import { timeText } from '../common-schemas.ts';

const SampledValueSchema = z.strictObject({
  value: z.string(),
  context: z.string(),
  measurand: z.string(),
  unnamed: z.literal(true).optional(),
  phase: z.string().optional(),
  location: z.string(),
  unit: z.string().optional(),
  multiplier: z.number(),
  format: z.enum(['raw', 'signed']),
});

const MeterReadingSchema = z.strictObject({
  timestamp: z.string(),
  receivedAt: timeText,
  offline: z.boolean(),
  seqNo: z.int().optional(),
  guessed: z.literal(true).optional(),
  sampledValues: z.array(SampledValueSchema),
});

/** A message about a session, as received and as understood. */
export const ReadingSchema = z
  .strictObject({
    key: z.string(),
    kind: z.enum(['meter', 'stop', 'status', 'event', 'pushed']),
    at: timeText,
    receivedAt: timeText,
    evseId: z.int(),
    connectorId: z.int(),
    late: z.boolean(),
    raw: z.string(),
    values: z.array(MeterReadingSchema),
    state: z.strictObject({ timestamp: z.string(), status: z.string() }).nullable(),
  })
  .meta({
    id: 'Reading',
    description:
      'The CDR hash of readings is computed over key, kind, receivedAt, evseId, connectorId and raw; late is true when it arrived too late for the CDR.',
  });
