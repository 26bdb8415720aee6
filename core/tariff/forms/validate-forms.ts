import { parseDecimal, scaleDecimal } from '../../units/decimal.ts';
import type { TariffProblem } from '../model/tariff-problem.ts';
import { checkDecimal } from '../validate/check-numbers.ts';
import { checkTimeOfDay } from '../validate/check-time-of-day.ts';
import { checkCurrency, checkIdle } from '../validate/validate-tariff.ts';
import type { SimpleTariffForm } from './simple-tariff.ts';
import type { Tier, TieredForm } from './tiered-tariff.ts';
import { endOfDay, type PricedHours, type TimeOfUseForm } from './time-of-use-tariff.ts';

/** Everything that is wrong with the short form of a tariff, empty when `simpleTariff` can spell it out. */
export const validateSimpleTariff = (form: SimpleTariffForm): readonly TariffProblem[] => [
  ...checkCurrency(form.currency),
  ...checkDecimal('vatPercent', form.vatPercent, 4),
  ...checkDecimal('perKwh', form.perKwh, 6),
  ...checkDecimal('perMinute', form.perMinute, 6),
  ...checkDecimal('sessionFee', form.sessionFee, 6),
  ...checkDecimal('idlePerMinute', form.idlePerMinute, 6),
  ...checkIdle(form),
];

const prices = ['perKwh', 'perMinute', 'idlePerMinute'] as const;

const checkHours = (hours: PricedHours, index: number): readonly TariffProblem[] => {
  const path = `hours.${index}`;
  const unpriced = prices.every((name) => hours[name] === undefined);
  return [
    ...checkTimeOfDay(`${path}.from`, hours.from),
    ...checkTimeOfDay(`${path}.to`, hours.to === endOfDay ? undefined : hours.to),
    ...prices.flatMap((name) => checkDecimal(`${path}.${name}`, hours[name], 6)),
    ...(unpriced
      ? [
          {
            path,
            code: 'TARIFF_HOURS_WITHOUT_PRICE' as const,
            message: `Hours need at least one price: ${prices.join(', ')}.`,
          },
        ]
      : []),
  ];
};

/** Everything that is wrong with a time-of-use tariff by the names of its form; empty: it can be spelled out. */
export const validateTimeOfUseTariff = (form: TimeOfUseForm): readonly TariffProblem[] => [
  ...validateSimpleTariff(form),
  ...form.hours.flatMap(checkHours),
];

const millionthsOf = (text: string): bigint | undefined => {
  const decimal = parseDecimal(text);
  return decimal === undefined ? undefined : scaleDecimal(decimal, 6);
};

const isReached = (tier: Tier, before: Tier | undefined): boolean => {
  const [from, to] = [millionthsOf(before?.upToKwh ?? '0'), millionthsOf(tier.upToKwh)];
  // An unreadable value has a problem of its own.
  return from === undefined || to === undefined || to > from;
};

const checkTier = (tier: Tier, index: number, tiers: readonly Tier[]): readonly TariffProblem[] => {
  const path = `tiers.${index}`;
  const before = tiers[index - 1];
  const wrong = [
    ...checkDecimal(`${path}.upToKwh`, tier.upToKwh, 6),
    ...checkDecimal(`${path}.perKwh`, tier.perKwh, 6),
  ];
  if (wrong.length > 0 || isReached(tier, before)) return wrong;
  const message = `A tier up to ${tier.upToKwh} kWh is never reached behind one up to ${before?.upToKwh ?? 0} kWh.`;
  return [{ path: `${path}.upToKwh`, code: 'TARIFF_TIER_UNREACHABLE', message }];
};

/** Everything that is wrong with a tiered tariff by the names of its form; empty: it can be spelled out. */
export const validateTieredTariff = (form: TieredForm): readonly TariffProblem[] => [
  ...validateSimpleTariff(form),
  ...form.tiers.flatMap(checkTier),
];
