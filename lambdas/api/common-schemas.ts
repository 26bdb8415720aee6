import * as z from 'zod';

/** A time as it is answered: ISO 8601 in UTC. */
export const timeText = z.string().meta({ format: 'date-time' });

/** A decimal number as text, as in `"0.49"`: exact, where a JSON number might not be. */
export const decimalText = z.string().meta({ examples: ['0.49'] });

/** Money, rounded as the tariff says. */
export const MoneySchema = z
  .strictObject({ currency: z.string(), exclVat: decimalText, inclVat: decimalText })
  .meta({ id: 'Money' });

/** A finding about a session. */
export const AnomalySchema = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    ref: z.string().optional(),
  })
  .meta({
    id: 'Anomaly',
    description: 'A finding about a session; docs/errors.md lists the codes.',
  });

/** A remark about something valid that its author may not have meant. */
export const WarningSchema = z
  .strictObject({ path: z.string(), code: z.string(), message: z.string() })
  .meta({ id: 'Warning' });
