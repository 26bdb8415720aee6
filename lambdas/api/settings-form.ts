import * as z from 'zod';
import {
  abortReasons,
  type BillingSettings,
  defaultBillingSettings,
  mostZeroKwh,
} from '../../core/cdr/compute/billing-settings.ts';
import { decimal, whole } from './forms.ts';

const { zeroEnergy, aborted, neverStopped } = defaultBillingSettings;

const upToKwh = decimal.transform((text, context) => {
  if (/^\d+(?:\.\d{1,6})?$/.test(text) && Number(text) <= mostZeroKwh) return Number(text);
  const message = `The value must be kWh from 0 to ${mostZeroKwh} with at most 6 decimals.`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const atLeastOne = { message: 'The value must be at least 1.' };
const minutes = whole(1440).refine((count) => count > 0, atLeastOne);
const hours = whole(720).refine((count) => count > 0, atLeastOne);

/** How an operator wants to bill what did not go as charging should; what is left out is as the defaults say. */
export const SettingsForm = z.strictObject({
  zeroEnergy: z
    .strictObject({
      bill: z.enum(['nothing', 'tariff']).default(zeroEnergy.bill),
      upToKwh: upToKwh.default(zeroEnergy.upToKwh),
    })
    .prefault({}),
  aborted: z
    .strictObject({
      waiveSessionFee: z.boolean().default(aborted.waiveSessionFee),
      stopReasons: z
        .array(z.enum(abortReasons))
        .max(40)
        .default([...aborted.stopReasons]),
    })
    .prefault({}),
  neverStopped: z
    .strictObject({
      closeAfterHours: hours.default(neverStopped.closeAfterHours),
      closeWhenAvailableMinutes: minutes.default(neverStopped.closeWhenAvailableMinutes),
    })
    .prefault({}),
});

/** The settings of an operator. */
export const SettingsSchema = z
  .strictObject({
    zeroEnergy: z.strictObject({ bill: z.enum(['nothing', 'tariff']), upToKwh: z.number() }),
    aborted: z.strictObject({
      waiveSessionFee: z.boolean(),
      stopReasons: z.array(z.enum(abortReasons)),
    }),
    neverStopped: z.strictObject({
      closeAfterHours: z.number(),
      closeWhenAvailableMinutes: z.number(),
    }),
  })
  .meta({ id: 'Settings' });

/** Reads a form as settings: each reason once. */
export const settingsOf = (form: z.infer<typeof SettingsForm>): BillingSettings => ({
  ...form,
  aborted: { ...form.aborted, stopReasons: [...new Set(form.aborted.stopReasons)] },
});
