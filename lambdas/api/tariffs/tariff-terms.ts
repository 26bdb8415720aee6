import {
  defaultRounding,
  type SimpleTariffForm,
  simpleTariff,
} from '../../../core/tariff/forms/simple-tariff.ts';
import { type TieredForm, tieredTariff } from '../../../core/tariff/forms/tiered-tariff.ts';
import {
  type PricedHours,
  type TimeOfUseForm,
  timeOfUseTariff,
} from '../../../core/tariff/forms/time-of-use-tariff.ts';
import {
  validateSimpleTariff,
  validateTieredTariff,
  validateTimeOfUseTariff,
} from '../../../core/tariff/forms/validate-forms.ts';
import type {
  PriceComponent,
  PriceLimit,
  Rounding,
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../../../core/tariff/model/tariff.ts';
import { checkDecimal } from '../../../core/tariff/validate/check-numbers.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Detail } from '../../http/answer.ts';
import type { StatedTariff, StatedTariffOf } from './tariff-form.ts';

type Priced = Exclude<StatedTariff, { kind: 'free' }>;
type ElementForm = StatedTariffOf<'full'>['elements'][number];
type ComponentForm = ElementForm['priceComponents'][number];

const componentOf = (form: ComponentForm, vatPercent: string | undefined): PriceComponent =>
  omitUndefined({
    type: form.type,
    price: form.price,
    vat: form.vat ?? vatPercent,
    stepSize: form.stepSize,
  });

const elementOf = (form: ElementForm, vatPercent: string | undefined): TariffElement =>
  omitUndefined({
    priceComponents: form.priceComponents.map((one) => componentOf(one, vatPercent)),
    restrictions: form.restrictions
      ? omitUndefined(form.restrictions as TariffRestrictions)
      : undefined,
  });

const limitOf = (form: Priced['minPrice']): PriceLimit | undefined =>
  form ? omitUndefined({ exclVat: form.exclVat, inclVat: form.inclVat ?? undefined }) : undefined;

/** Leaves out what a form left open, as absent or as null. */
const stated = <T extends object>(form: { [K in keyof T]: T[K] | null | undefined }): T => {
  const kept = Object.entries(form).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(kept) as T;
};

type Short = Exclude<StatedTariff, { kind: 'free' | 'full' }>;

const simpleOf = (form: Short): SimpleTariffForm =>
  stated<SimpleTariffForm>({
    name: form.name,
    currency: form.currency,
    vatPercent: form.vatPercent,
    sessionFee: form.sessionFee,
    perKwh: form.kind === 'flat' ? undefined : form.perKwh,
    perMinute: form.kind === 'flat' ? undefined : form.perMinute,
    idlePerMinute: form.idlePerMinute,
    idleGraceMinutes: form.idleGraceMinutes,
    idleCapMinutes: form.idleCapMinutes,
  });

const timeOfUseOf = (form: StatedTariffOf<'time-of-use'>): TimeOfUseForm => ({
  ...simpleOf(form),
  hours: form.hours.map((hours) => stated<PricedHours>(hours)),
});

const tieredOf = (form: StatedTariffOf<'tiered'>): TieredForm => ({
  ...simpleOf(form),
  tiers: form.tiers,
});

const fullOf = (form: StatedTariffOf<'full'>): TariffTerms =>
  stated<TariffTerms>({
    name: form.name,
    currency: form.currency,
    elements: form.elements.map((one) => elementOf(one, form.vatPercent ?? undefined)),
    idleGraceMinutes: form.idleGraceMinutes,
    idleCapMinutes: form.idleCapMinutes,
    rounding: defaultRounding,
  });

/** The prices of a tariff and what belongs to them, without what any kind may carry. */
const pricesOf = (form: StatedTariff): TariffTerms => {
  switch (form.kind) {
    case 'simple':
    case 'flat':
    case 'idle':
      return simpleTariff(simpleOf(form));
    case 'time-of-use':
      return timeOfUseTariff(timeOfUseOf(form));
    case 'tiered':
      return tieredTariff(tieredOf(form));
    case 'free':
      return simpleTariff({ name: form.name, currency: form.currency });
    case 'full':
      return fullOf(form);
    default:
      return form satisfies never;
  }
};

type Carried = Pick<
  TariffTerms,
  'type' | 'altTexts' | 'altUrl' | 'validFrom' | 'validUntil' | 'requireSignedValues'
>;

const carriedOf = (form: StatedTariff): Carried =>
  stated<Carried>({
    type: form.type,
    altTexts: form.altTexts,
    altUrl: form.altUrl,
    validFrom: form.validFrom,
    validUntil: form.validUntil,
    requireSignedValues: form.requireSignedValues,
  });

type Limits = Pick<TariffTerms, 'minPrice' | 'maxPrice' | 'taxIncluded' | 'rounding'>;

const limitsOf = (form: Priced): Partial<Limits> =>
  stated<Partial<Limits>>({
    minPrice: limitOf(form.minPrice),
    maxPrice: limitOf(form.maxPrice),
    taxIncluded: form.taxIncluded,
    rounding: form.rounding ? stated<Rounding>(form.rounding as Rounding) : undefined,
  });

/** The problems of a tariff form, by the form's property names. */
const problemsOfForm = (form: StatedTariff): readonly Detail[] => {
  switch (form.kind) {
    case 'simple':
    case 'flat':
    case 'idle':
      return validateSimpleTariff(simpleOf(form));
    case 'time-of-use':
      return validateTimeOfUseTariff(timeOfUseOf(form));
    case 'tiered':
      return validateTieredTariff(tieredOf(form));
    case 'free':
      return [];
    case 'full':
      return checkDecimal('vatPercent', form.vatPercent ?? undefined, 4);
    default:
      return form satisfies never;
  }
};

/** The problems that keep a tariff from being used; none for a valid one. */
export function problemsOf(form: StatedTariff): readonly Detail[] {
  const problems = problemsOfForm(form);
  return problems.length > 0 ? problems : validateTariff(termsOf(form));
}

/** Spells a sound form of any kind out as the tariff that is priced. */
export const termsOf = (form: StatedTariff): TariffTerms => ({
  ...pricesOf(form),
  ...(form.kind === 'free' ? {} : limitsOf(form)),
  ...carriedOf(form),
});
