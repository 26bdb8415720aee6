import { checkDecimal } from '../../core/tariff/check-numbers.ts';
import {
  defaultRounding,
  type SimpleTariffForm,
  simpleTariff,
} from '../../core/tariff/simple-tariff.ts';
import type {
  PriceComponent,
  PriceLimit,
  Rounding,
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../../core/tariff/tariff.ts';
import { validateSimpleTariff, validateTariff } from '../../core/tariff/validate-tariff.ts';
import { present } from '../store/item.ts';
import type { Detail } from './api-answer.ts';
import type { FullForm, SimpleForm } from './tariff-form.ts';

type ElementForm = FullForm['elements'][number];
type ComponentForm = ElementForm['priceComponents'][number];

const componentOf = (form: ComponentForm, vatPercent: string | undefined): PriceComponent =>
  present<PriceComponent>({
    type: form.type,
    price: form.price,
    vat: form.vat ?? vatPercent,
    stepSize: form.stepSize,
  });

const elementOf = (form: ElementForm, vatPercent: string | undefined): TariffElement =>
  present<TariffElement>({
    priceComponents: form.priceComponents.map((one) => componentOf(one, vatPercent)),
    restrictions: form.restrictions
      ? present<TariffRestrictions>(form.restrictions as TariffRestrictions)
      : undefined,
  });

const limitOf = (form: SimpleForm['minPrice']): PriceLimit | undefined =>
  form
    ? present<PriceLimit>({ exclVat: form.exclVat, inclVat: form.inclVat ?? undefined })
    : undefined;

const roundingOf = (form: SimpleForm['rounding']): Rounding =>
  form ? present<Rounding>(form as Rounding) : defaultRounding;

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
    elements: form.elements.map((one) => elementOf(one, form.vatPercent ?? undefined)),
    minPrice: limitOf(form.minPrice),
    maxPrice: limitOf(form.maxPrice),
    idleGraceMinutes: form.idleGraceMinutes ?? undefined,
    rounding: roundingOf(form.rounding),
    requireSignedValues: form.requireSignedValues ?? undefined,
  });

const spelledOut = (form: SimpleForm): TariffTerms =>
  present<TariffTerms>({
    ...simpleTariff(simpleOf(form)),
    minPrice: limitOf(form.minPrice),
    maxPrice: limitOf(form.maxPrice),
    rounding: roundingOf(form.rounding),
    requireSignedValues: form.requireSignedValues ?? undefined,
  });

/** What is wrong with what a form states once for all of its prices, by the names of the form. */
const problemsOfForm = (form: SimpleForm | FullForm): readonly Detail[] =>
  'elements' in form
    ? checkDecimal('vatPercent', form.vatPercent ?? undefined, 4)
    : validateSimpleTariff(simpleOf(form));

/** What keeps a tariff from being priced; none for a sound one. */
export function problemsOf(form: SimpleForm | FullForm): readonly Detail[] {
  const problems = problemsOfForm(form);
  return problems.length > 0 ? problems : validateTariff(termsOf(form));
}

/** Spells a sound form out as the tariff that is priced. */
export const termsOf = (form: SimpleForm | FullForm): TariffTerms =>
  'elements' in form ? fullOf(form) : spelledOut(form);
