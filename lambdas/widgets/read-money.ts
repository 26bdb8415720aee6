import {
  addFigures,
  type Figures,
  moneyDecimals,
  type TenThousandths,
} from '../../core/analytics/figures.ts';
import { currencyDecimals } from '../../core/units/currency.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { milliWattHours } from '../../core/units/energy.ts';
import { formatKwh } from '../../core/units/format-kwh.ts';
import { duration } from '../../core/units/instant.ts';
import { listRollups } from '../store/analytics/list-rollups.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** The sealed CDRs of a day in one currency; `share` is its revenue against the day with the most, 0 to 1. */
export type DayCell = {
  readonly day: string;
  readonly sessions: string;
  readonly energyKwh: string;
  /** Decimal text with the decimals of the currency, with VAT. */
  readonly inclVat: string;
  readonly share: number;
};

/** The days of one currency, the first day first, and their sum. */
export type CurrencyRow = {
  readonly currency: string;
  readonly days: readonly DayCell[];
  readonly sessions: string;
  readonly energyKwh: string;
  readonly inclVat: string;
  readonly exclVat: string;
};

/** Revenue by currency; `more` is true where not all operators were read. */
export type MoneyPage = { readonly currencies: readonly CurrencyRow[]; readonly more: boolean };

/** Operators that one look reads the sums of. */
const mostOperators = 100;
const day = 86_400_000;

/** Reads what the sealed CDRs of the last days, by the day on which their sessions ended in UTC, add up to. */
export async function readMoney(
  database: Database,
  { operatorId, days }: Pick<WidgetOf<'money'>, 'operatorId' | 'days'>,
  now: string,
): Promise<MoneyPage> {
  const dates = Array.from({ length: days }, (_, n) => dateAt(Date.parse(now) - n * day)).reverse();
  const range = { by: 'day', from: dates[0], to: dates.at(-1) } as const;
  const sums = new Map<string, Map<string, Figures>>();
  let operators = 0;
  let more = false;
  for await (const operator of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators) {
      more = true;
      break;
    }
    operators += 1;
    const { items, next } = await listRollups(database, operator.operatorId, range, { limit: 100 });
    more ||= next !== null;
    for (const { currency, group, figures } of items) {
      const byDay = sums.get(currency) ?? new Map<string, Figures>();
      const before = byDay.get(group);
      byDay.set(group, before === undefined ? figures : addFigures(before, figures));
      sums.set(currency, byDay);
    }
  }
  const currencies = [...sums].map(([currency, byDay]) => currencyRow(currency, dates, byDay));
  return { currencies: currencies.sort((a, b) => (a.currency < b.currency ? -1 : 1)), more };
}

const dateAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const none: Figures = {
  sessions: 0n,
  energy: milliWattHours(0n),
  occupied: duration(0n),
  charging: duration(0n),
  idle: duration(0n),
  exclVat: 0n as TenThousandths,
  inclVat: 0n as TenThousandths,
};

function currencyRow(
  currency: string,
  dates: readonly string[],
  byDay: ReadonlyMap<string, Figures>,
): CurrencyRow {
  const least = currencyDecimals(currency) ?? 2;
  const amount = (sum: bigint): string => shortDecimal(sum, moneyDecimals, least);
  const figures = dates.map((date) => byDay.get(date) ?? none);
  const most = Math.max(1, ...figures.map(({ inclVat }) => Number(inclVat)));
  const total = figures.reduce(addFigures, none);
  return {
    currency,
    days: dates.map((date, n) => {
      const { sessions, energy, inclVat } = figures[n] ?? none;
      const share = Math.max(0, Number(inclVat) / most);
      const shown = { day: date, sessions: String(sessions), energyKwh: formatKwh(energy) };
      return { ...shown, inclVat: amount(inclVat), share };
    }),
    sessions: String(total.sessions),
    energyKwh: formatKwh(total.energy),
    inclVat: amount(total.inclVat),
    exclVat: amount(total.exclVat),
  };
}
