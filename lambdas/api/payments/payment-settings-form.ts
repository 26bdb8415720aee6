import * as z from 'zod';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { urlProblem } from '../../outbound/check-url.ts';
import { allowLoopback } from '../../outbound/loopback-option.ts';
import { sealToken } from '../../roaming/sealed-token.ts';
import {
  type PaymentSettings,
  paymentAdapters,
  type StripeSettings,
} from '../../store/payments/payment-settings.ts';
import { decimalText } from '../common-schemas.ts';
import { decimal, id } from '../forms.ts';

const defaultApiUrl = 'https://api.stripe.com';

/** The most that may be held, units of a currency. */
const mostHold = 9_999;

const amount = decimal.refine((text) => Number(text) > 0 && Number(text) <= mostHold, {
  message: `The value must be above 0 and at most ${mostHold}.`,
});

const hold = z
  .strictObject({ amount, most: amount.optional() })
  .refine(({ amount: first, most = first }) => Number(most) >= Number(first), {
    path: ['most'],
    message: 'most must be at least amount.',
  });

const holds = z
  .record(z.string().max(3), hold)
  .meta({ maxProperties: 300 })
  .superRefine((given, context) => {
    for (const [currency, { amount: first, most = first }] of Object.entries(given)) {
      const places = currencyDecimals(currency);
      const fits = [first, most].every(
        (text) => (text.split('.')[1] ?? '').length <= (places ?? 0),
      );
      if (places !== undefined && fits) continue;
      const message = 'The key must be a currency of ISO 4217, and amounts have its decimals.';
      context.addIssue({ code: 'custom', path: [currency], message });
    }
  });

const apiUrl = z
  .string()
  .max(200)
  .refine((text) => urlProblem(text, allowLoopback) === undefined, {
    message: 'The value must be an https URL of a public address.',
  });

/** How an operator wants bills to be paid. */
export const PaymentSettingsForm = z.strictObject({
  adapter: z.enum(paymentAdapters),
  stripe: z
    .strictObject({
      secretKey: id(300).optional().meta({
        description: 'The secret or restricted key; the one that is kept where it is left out.',
      }),
      webhookSecret: id(300).optional().meta({
        description:
          'The signing secret of the webhook; the one that is kept where it is left out.',
      }),
      apiUrl: apiUrl.default(defaultApiUrl),
      holds,
    })
    .optional(),
});

/** How the bills of an operator are paid; secrets are never shown. */
export const PaymentSettingsSchema = z
  .strictObject({
    adapter: z.enum(paymentAdapters),
    stripe: z
      .strictObject({
        apiUrl: z.string(),
        webhookUrl: z.string().meta({
          description: 'The URL that is to be entered at Stripe as the receiver of its events.',
        }),
        holds: z.record(z.string(), z.strictObject({ amount: decimalText, most: decimalText })),
      })
      .nullable(),
  })
  .meta({ id: 'PaymentSettings' });

/** Shows how the bills of an operator are paid. */
export const paymentSettingsView = (
  { adapter, stripe }: PaymentSettings,
  operatorId: string,
): z.output<typeof PaymentSettingsSchema> => ({
  adapter,
  stripe:
    stripe === undefined
      ? null
      : {
          apiUrl: stripe.apiUrl,
          webhookUrl: `${(process.env['FILES_URL'] ?? '').replace(/\/+$/, '')}/payments/stripe/${operatorId}`,
          holds: { ...stripe.holds },
        },
});

type StripeForm = NonNullable<z.output<typeof PaymentSettingsForm>['stripe']>;

/** The account of a form with its secrets encrypted, or else as they are kept; undefined where one is in neither. */
export function sealedStripe(
  { secretKey, webhookSecret, apiUrl: url, holds: given }: StripeForm,
  kept: StripeSettings | undefined,
  key: Uint8Array,
): StripeSettings | undefined {
  const sealed = (secret: string | undefined, before: string | undefined) =>
    secret === undefined ? before : sealToken(key, secret);
  const sealedSecretKey = sealed(secretKey, kept?.sealedSecretKey);
  const sealedWebhookSecret = sealed(webhookSecret, kept?.sealedWebhookSecret);
  if (sealedSecretKey === undefined || sealedWebhookSecret === undefined) return undefined;
  const all = Object.entries(given).map(([currency, { amount: first, most = first }]) => [
    currency,
    { amount: first, most },
  ]);
  return { sealedSecretKey, sealedWebhookSecret, apiUrl: url, holds: Object.fromEntries(all) };
}
