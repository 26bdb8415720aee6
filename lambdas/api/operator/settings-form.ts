import * as z from 'zod';
import {
  abortReasons,
  defaultBillingSettings,
  mostZeroKwh,
} from '../../../core/cdr/compute/billing-settings.ts';
import { mayBeCeiling, priceCeilings } from '../../../core/tariff/model/price-ceilings.ts';
import type { KeptSettings } from '../../store/cdrs/billing-settings.ts';
import { decimal, id, timeZone, whole } from '../forms.ts';

const { zeroEnergy, aborted, neverStopped, missingMessages, limits } = defaultBillingSettings;

const upToKwh = decimal.transform((text, context) => {
  if (/^\d+(?:\.\d{1,6})?$/.test(text) && Number(text) <= mostZeroKwh) return Number(text);
  const message = `The value must be kWh from 0 to ${mostZeroKwh} with at most 6 decimals.`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const atLeastOne = { message: 'The value must be at least 1.' };
const minutes = whole(1440).refine((count) => count > 0, atLeastOne);
const hours = whole(720).refine((count) => count > 0, atLeastOne);

const days = whole(365).refine((count) => count > 0, atLeastOne);

/** Ceilings by currency; each at least a tenth of its default, so that most sessions need no look at the settings. */
const highestPrice = z
  .record(z.string().max(3), decimal)
  .meta({ maxProperties: 300 })
  .superRefine((prices, context) => {
    for (const [currency, amount] of Object.entries(prices)) {
      if (mayBeCeiling(currency, amount)) continue;
      const usual = priceCeilings.get(currency);
      const message =
        usual === undefined
          ? 'The key must be a currency of ISO 4217.'
          : `The value must be an amount of at least a tenth of ${usual} ${currency}, with no more decimals than the currency has.`;
      context.addIssue({ code: 'custom', path: [currency], message });
    }
  });

/** How an operator wants to bill what did not go as charging should; what is left out is as the defaults say. */
export const SettingsForm = z.strictObject({
  tariffId: id(64).nullable().default(null),
  timeZone: timeZone.nullable().default(null),
  showRunningCost: z.boolean().default(false),
  ignoreTagSpaces: z.boolean().default(false),
  masterPassGroup: id(36).nullable().default(null),
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
  missingMessages: z
    .strictObject({ waitMinutes: whole(1440).default(missingMessages.waitMinutes) })
    .prefault({}),
  limits: z
    .strictObject({
      longestSessionDays: days.default(limits.longestSessionDays),
      highestPrice: highestPrice.default({}),
    })
    .prefault({}),
});

/** The settings of an operator. */
export const SettingsSchema = z
  .strictObject({
    tariffId: z.string().nullable().meta({
      description: 'The tariff of chargers that have none, nor a location with one.',
    }),
    timeZone: z.string().nullable().meta({
      description:
        'The time zone of chargers that have none, nor a location; UTC where it is null.',
    }),
    showRunningCost: z.boolean().meta({
      description:
        'Whether chargers of OCPP 2 get what a running session costs so far with each answer to an update, to show it.',
    }),
    ignoreTagSpaces: z.boolean().meta({
      description:
        'Whether a tag of a charger is read without its spaces, as in 04A2B3C4 for 04 A2 B3 C4; from its next connection on.',
    }),
    masterPassGroup: z.string().nullable().meta({
      description:
        'The group (parentTokenId) whose tokens stop any session and begin none; from the next connection of a charger on.',
    }),
    zeroEnergy: z.strictObject({ bill: z.enum(['nothing', 'tariff']), upToKwh: z.number() }),
    aborted: z.strictObject({
      waiveSessionFee: z.boolean(),
      stopReasons: z.array(z.enum(abortReasons)),
    }),
    neverStopped: z.strictObject({
      closeAfterHours: z.number(),
      closeWhenAvailableMinutes: z.number(),
    }),
    missingMessages: z.strictObject({ waitMinutes: z.number() }),
    limits: z.strictObject({
      longestSessionDays: z.number(),
      highestPrice: z.record(z.string(), z.string()),
    }),
  })
  .meta({ id: 'Settings' });

/** Reads a form as the settings to be kept: each reason once, and no ceiling that is the default. */
export const keptOf = ({
  tariffId,
  timeZone: zone,
  showRunningCost,
  ignoreTagSpaces,
  masterPassGroup,
  ...form
}: z.infer<typeof SettingsForm>): KeptSettings => ({
  settings: {
    ...form,
    aborted: { ...form.aborted, stopReasons: [...new Set(form.aborted.stopReasons)] },
    limits: {
      ...form.limits,
      highestPrice: Object.fromEntries(
        Object.entries(form.limits.highestPrice).filter(
          ([currency, amount]) => priceCeilings.get(currency) !== amount,
        ),
      ),
    },
  },
  ...(tariffId === null ? {} : { tariffId }),
  ...(zone === null ? {} : { timeZone: zone }),
  ...(showRunningCost ? { showsRunningCost: true } : {}),
  ...(ignoreTagSpaces ? { ignoresTagSpaces: true } : {}),
  ...(masterPassGroup === null ? {} : { masterPassGroup }),
});

/** The settings as the API shows them: with the ceiling of every currency. */
export const settingsView = ({
  settings,
  tariffId,
  timeZone: zone,
  showsRunningCost,
  ignoresTagSpaces,
  masterPassGroup,
}: KeptSettings) => ({
  tariffId: tariffId ?? null,
  timeZone: zone ?? null,
  showRunningCost: showsRunningCost === true,
  ignoreTagSpaces: ignoresTagSpaces === true,
  masterPassGroup: masterPassGroup ?? null,
  ...settings,
  limits: {
    ...settings.limits,
    highestPrice: { ...Object.fromEntries(priceCeilings), ...settings.limits.highestPrice },
  },
});
