import { addFigures, type Figures, moneyDecimals } from '../../core/analytics/figures.ts';
import { currencyDecimals } from '../../core/units/currency.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { formatKwh } from '../../core/units/format-kwh.ts';
import { listRollups } from '../store/analytics/list-rollups.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** The sealed CDRs of a month by a tariff, in one currency. */
export type TariffRow = {
  readonly operatorName: string;
  readonly tariffId: string;
  readonly currency: string;
  readonly sessions: string;
  readonly energyKwh: string;
  /** Decimal text with the decimals of the currency, with VAT. */
  readonly inclVat: string;
};

/** Tariffs by revenue, the highest first, with the number of those below them; `more` is true where not all were read. */
export type TariffsPage = {
  readonly rows: readonly TariffRow[];
  readonly left: number;
  readonly more: boolean;
};

/** Operators that one look reads the sums of. */
const mostOperators = 100;

/** Reads what the sealed CDRs of the current month add up to by tariff. */
export async function readTariffs(
  database: Database,
  { operatorId, limit }: Pick<WidgetOf<'tariffs'>, 'operatorId' | 'limit'>,
  now: string,
): Promise<TariffsPage> {
  const sums = new Map<string, Omit<TariffRow, keyof Shown> & { readonly figures: Figures }>();
  const range = { by: 'tariff', month: now.slice(0, 7) } as const;
  let operators = 0;
  let more = false;
  for await (const { operatorId: id, name } of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators) {
      more = true;
      break;
    }
    operators += 1;
    const { items, next } = await listRollups(database, id, range, { limit: 100 });
    more ||= next !== null;
    for (const { group, currency, figures } of items) {
      const key = `${id}#${group}#${currency}`;
      const before = sums.get(key);
      const sum = before === undefined ? figures : addFigures(before.figures, figures);
      sums.set(key, { operatorName: name, tariffId: group, currency, figures: sum });
    }
  }
  const sorted = [...sums.values()].sort((a, b) =>
    a.figures.inclVat < b.figures.inclVat ? 1 : -1,
  );
  const rows = sorted
    .slice(0, limit)
    .map(({ figures, ...one }) => ({ ...one, ...shown(figures, one.currency) }));
  return { rows, left: sorted.length - rows.length, more };
}

type Shown = Pick<TariffRow, 'sessions' | 'energyKwh' | 'inclVat'>;

const shown = ({ sessions, energy, inclVat }: Figures, currency: string): Shown => ({
  sessions: String(sessions),
  energyKwh: formatKwh(energy),
  inclVat: shortDecimal(inclVat, moneyDecimals, currencyDecimals(currency) ?? 2),
});
