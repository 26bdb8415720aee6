import * as z from 'zod';
import { impliedFields } from '../../http/implied-fields.ts';
import { decimal } from '../forms.ts';
import {
  carriedFields,
  elementsField,
  hoursField,
  pricedFields,
  simpleFields,
  tiersField,
} from './tariff-form-parts.ts';

const unknownKind = 'The value must be one of simple, flat, idle, time-of-use, tiered, free, full.';

/** The field that only one kind has, and that needs no other word for it. */
const tellingFields = [
  ['elements', 'full'],
  ['hours', 'time-of-use'],
  ['tiers', 'tiered'],
] as const;

/** Says which kind a form is that does not: by the field that only this kind has, else the simple one. */
const withKind = (form: unknown): unknown => {
  if (typeof form !== 'object' || form === null || Array.isArray(form) || 'kind' in form) {
    return form;
  }
  const [, kind] = tellingFields.find(([field]) => field in form) ?? [undefined, 'simple'];
  return { ...form, kind };
};

/** Of a form that its fields alone tell, the kind may be left out. */
const impliedKind = { [impliedFields]: ['kind'] };

/** Every kind of tariff, each with exactly the fields that it takes. */
const formOf = <Extra extends z.core.$ZodLooseShape>(extra: Extra) =>
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('simple'), ...simpleFields, ...extra }).meta(impliedKind),
      z.strictObject({
        kind: z.literal('flat'),
        ...pricedFields,
        sessionFee: decimal,
        idlePerMinute: decimal.nullish(),
        ...extra,
      }),
      z.strictObject({
        kind: z.literal('idle'),
        ...simpleFields,
        idlePerMinute: decimal,
        ...extra,
      }),
      z
        .strictObject({
          kind: z.literal('time-of-use'),
          ...simpleFields,
          hours: hoursField,
          ...extra,
        })
        .meta(impliedKind),
      z
        .strictObject({ kind: z.literal('tiered'), ...simpleFields, tiers: tiersField, ...extra })
        .meta(impliedKind),
      z.strictObject({ kind: z.literal('free'), ...carriedFields, ...extra }),
      z
        .strictObject({
          kind: z.literal('full'),
          ...pricedFields,
          elements: elementsField,
          ...extra,
        })
        .meta(impliedKind),
    ],
    { error: ({ code }) => (code === 'invalid_union' ? unknownKind : undefined) },
  );

/** The properties we add to a tariff, which come back when a tariff is written as it was read. */
const ours = {
  tariffId: z.string().max(64).optional(),
  version: z.int().optional(),
  createdAt: z.string().max(64).optional(),
  warnings: z.array(z.unknown()).max(1000).optional(),
};

const New = formOf({});
const Changed = formOf(ours);

/** A tariff as an operator writes it, of any kind. */
export type StatedTariff = z.infer<typeof New>;

/** A tariff of one kind. */
export type StatedTariffOf<Kind extends StatedTariff['kind']> = Extract<
  StatedTariff,
  { kind: Kind }
>;

/** Limits are in the currency of the tariff, whatever kind it is. */
const checkLimits = (form: StatedTariff, context: z.core.$RefinementCtx): void => {
  if (form.kind === 'free') return;
  for (const name of ['minPrice', 'maxPrice'] as const) {
    if ((form[name]?.currency ?? form.currency) === form.currency) continue;
    const message = `The currency must be that of the tariff, ${form.currency}.`;
    context.addIssue({ code: 'custom', path: [name, 'currency'], message });
  }
};

const description =
  '`kind` may be omitted for a simple tariff and where `elements`, `hours` or `tiers` imply it.';

/** A tariff as an operator writes it: of the kind that it names, or that its fields show. */
export const TariffForm = z
  .preprocess(withKind, New.superRefine(checkLimits))
  .meta({ description });

/** A tariff as it is changed: like a new one, and as it was read, with the id and version that we gave it. */
export const TariffChange = z
  .preprocess(withKind, Changed.superRefine(checkLimits))
  .meta({ description });
