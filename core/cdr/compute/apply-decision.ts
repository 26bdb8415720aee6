import type { EnergyPoint, Metered } from '../../metering/model/metered.ts';
import type { Price } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { currencyDecimals } from '../../units/currency.ts';
import { decimalOf, formatDecimal } from '../../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../../units/energy.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import { acceptableEnergy } from './acceptable-energy.ts';
import type { CdrDecision } from './cdr-decision.ts';

/**
 * The billed quantities after an operator's decision: another energy where one was set, and of what was measured no more
 * than the meter's own ends show (see acceptableEnergy).
 */
export const decidedMetered = (metered: Metered, decision: CdrDecision | undefined): Metered => {
  switch (decision?.kind) {
    case 'setEnergy': {
      const energy = milliWattHours(decimalOf(String(decision.energyKwh), 6));
      return { ...withEnergy(metered, energy), quality: 'decided' };
    }
    case 'accept':
      return withEnergy(metered, acceptableEnergy(metered));
    case 'void':
    case undefined:
      return metered;
    default:
      return decision satisfies never;
  }
};

/** The measured session with another energy: its energy curve is scaled, times stay. */
export const withEnergy = (metered: Metered, energy: MilliWattHours): Metered =>
  energy === metered.energy
    ? metered
    : { ...metered, energy, series: decidedSeries(metered, energy) };

/** The measured course, scaled to another energy; evenly over the session where none was measured. */
const decidedSeries = (metered: Metered, energy: MilliWattHours): readonly EnergyPoint[] => {
  const { startedAt, endedAt, energy: measured, series } = metered;
  if (measured <= 0n) {
    const start = { at: startedAt, energy: milliWattHours(0n) };
    return energy === 0n && startedAt === endedAt ? [start] : [start, { at: endedAt, energy }];
  }
  return series.map((point) => ({
    at: point.at,
    energy: milliWattHours(roundHalfUp(point.energy * energy, measured)),
  }));
};

/** ISO 4217: no currency. */
const noCurrency = 'XXX';

/** The price of a session that was declared void: nothing, in the currency of the tariff where there is one. */
export const voidPrice = (tariff: Tariff | undefined): Price => {
  const decimals =
    tariff === undefined ? 0 : (tariff.rounding.decimals ?? currencyDecimals(tariff.currency) ?? 2);
  const zero = formatDecimal(0n, decimals);
  return {
    total: { currency: tariff?.currency ?? noCurrency, exclVat: zero, inclVat: zero },
    unrounded: { exclVat: '0', inclVat: '0' },
    lines: [],
    periods: [],
  };
};
