import type { EnergyPoint, Metered } from '../../metering/model/metered.ts';
import type { Price } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { currencyDecimals } from '../../units/currency.ts';
import { decimalOf, formatDecimal } from '../../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../../units/energy.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import type { CdrDecision } from './cdr-decision.ts';

/** The billed quantities after an operator's decision: as measured, unless another energy was set. */
export const decidedMetered = (metered: Metered, decision: CdrDecision | undefined): Metered => {
  if (decision?.kind !== 'setEnergy') return metered;
  const energy = milliWattHours(decimalOf(String(decision.energyKwh), 6));
  return { ...metered, energy, quality: 'decided', series: decidedSeries(metered, energy) };
};

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
