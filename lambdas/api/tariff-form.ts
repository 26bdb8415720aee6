import * as z from 'zod';
import {
  defaultRounding,
  type SimpleTariffForm,
  simpleTariff,
} from '../../core/tariff/simple-tariff.ts';
import type {
  PriceComponent,
  PriceLimit,
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../../core/tariff/tariff.ts';
import { validateSimpleTariff, validateTariff } from '../../core/tariff/validate-tariff.ts';
import { present } from '../store/item.ts';
import type { Detail } from './api-answer.ts';
import { decimal } from './forms.ts';

const Component = z.strictObject({
  type: z.enum(['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT']),
  price: decimal,
  vat: decimal.nullish(),
  stepSize: z.int().min(0).max(1_000_000).default(0),
});

const Restrictions = z.strictObject({
  startTime: z.string().optional(),
  endTime: z.string().optional(),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  minKwh: decimal.optional(),
  maxKwh: decimal.optional(),
  minCurrent: decimal.optional(),
  maxCurrent: decimal.optional(),
  minPower: decimal.optional(),
  maxPower: decimal.optional(),
  minDuration: z.int().min(0).optional(),
  maxDuration: z.int().min(0).optional(),
  dayOfWeek: z
    .array(z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']))
    .optional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).optional(),
});

const Element = z.strictObject({
  priceComponents: z.array(Component).min(1).max(20),
  restrictions: Restrictions.nullish(),
});

const Limit = z.strictObject({ exclVat: decimal, inclVat: decimal.nullish() });

const both = {
  name: z.string().trim().min(1).max(100),
  currency: z.string().regex(/^[A-Z]{3}$/, { message: 'A currency of ISO 4217, as in EUR.' }),
  idleGraceMinutes: z.int().min(0).max(10_080).nullish(),
};

const Simple = z.strictObject({
  ...both,
  vatPercent: decimal.nullish(),
  perKwh: decimal.nullish(),
  perMinute: decimal.nullish(),
  sessionFee: decimal.nullish(),
  idlePerMinute: decimal.nullish(),
});

const Full = z.strictObject({
  ...both,
  elements: z.array(Element).min(1).max(100),
  minPrice: Limit.nullish(),
  maxPrice: Limit.nullish(),
});

const isFull = (form: unknown): boolean =>
  typeof form === 'object' && form !== null && 'elements' in form;

/** A tariff as an operator writes it: the short form, or the elements of OCPI. */
export const TariffForm = z.unknown().transform((form, context): SimpleForm | FullForm => {
  const parsed = isFull(form) ? Full.safeParse(form) : Simple.safeParse(form);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  }
  return z.NEVER;
});

type SimpleForm = z.infer<typeof Simple>;
type FullForm = z.infer<typeof Full>;

const componentOf = (form: z.infer<typeof Component>): PriceComponent =>
  present<PriceComponent>({
    type: form.type,
    price: form.price,
    vat: form.vat ?? undefined,
    stepSize: form.stepSize,
  });

const elementOf = (form: z.infer<typeof Element>): TariffElement =>
  present<TariffElement>({
    priceComponents: form.priceComponents.map(componentOf),
    restrictions: form.restrictions
      ? present<TariffRestrictions>(form.restrictions as TariffRestrictions)
      : undefined,
  });

const limitOf = (form: z.infer<typeof Limit> | null | undefined): PriceLimit | undefined =>
  form
    ? present<PriceLimit>({ exclVat: form.exclVat, inclVat: form.inclVat ?? undefined })
    : undefined;

const simpleOf = (form: SimpleForm): SimpleTariffForm =>
  present<SimpleTariffForm>({
    name: form.name,
    currency: form.currency,
    vatPercent: form.vatPercent ?? undefined,
    perKwh: form.perKwh ?? undefined,
    perMinute: form.perMinute ?? undefined,
    sessionFee: form.sessionFee ?? undefined,
    idlePerMinute: form.idlePerMinute ?? undefined,
    idleGraceMinutes: form.idleGraceMinutes ?? undefined,
  });

const fullOf = (form: FullForm): TariffTerms =>
  present<TariffTerms>({
    name: form.name,
    currency: form.currency,
    elements: form.elements.map(elementOf),
    minPrice: limitOf(form.minPrice),
    maxPrice: limitOf(form.maxPrice),
    idleGraceMinutes: form.idleGraceMinutes ?? undefined,
    rounding: defaultRounding,
  });

/** What keeps a tariff from being priced; none for a sound one. */
export const problemsOf = (form: SimpleForm | FullForm): readonly Detail[] =>
  'elements' in form ? validateTariff(fullOf(form)) : validateSimpleTariff(simpleOf(form));

/** Spells a sound form out as the tariff that is priced. */
export const termsOf = (form: SimpleForm | FullForm): TariffTerms =>
  'elements' in form ? fullOf(form) : simpleTariff(simpleOf(form));
