import { moneyDecimals } from '../../../core/analytics/figures.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { amountText } from './account-view.ts';
import type { StatementView } from './statement-view.ts';

const columns = [
  'cdrId',
  'sessionId',
  'chargerId',
  'tokenId',
  'startedAt',
  'endedAt',
  'timeZone',
  'energyKwh',
  'currency',
  'exclVat',
  'vat',
  'inclVat',
  'creditOf',
  'partnerId',
  'verdict',
] as const;

type Row = { readonly [name in (typeof columns)[number]]: string | number | null };

/** A cell of RFC 4180. A spreadsheet would run a text that begins like a formula; numbers of ours begin with a minus alone. */
function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[=+@\t\r]|^-(?!\d+(?:\.\d+)?$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const vatOf = ({ currency, exclVat, inclVat }: StatementView['cdrs'][number]['total']): string =>
  amountText(decimalOf(inclVat, moneyDecimals) - decimalOf(exclVat, moneyDecimals), currency);

const moneyOf = (total: StatementView['cdrs'][number]['total']) => ({
  ...total,
  vat: vatOf(total),
});

const ownRow = ({ total, ...cdr }: StatementView['cdrs'][number]): Row => ({
  ...cdr,
  ...moneyOf(total),
  partnerId: null,
  verdict: null,
});

/** The EVSE of a roaming partner is where own CDRs have their charger. */
const roamingRow = ({ total, evseUid, ...cdr }: StatementView['roaming'][number]): Row => ({
  ...cdr,
  chargerId: evseUid,
  ...moneyOf(total),
});

/** Writes the CDRs of a statement as CSV (RFC 4180), one to a line, those of roaming partners after the own ones. */
export const statementCsv = ({ cdrs, roaming }: StatementView): string =>
  [
    columns,
    ...[...cdrs.map(ownRow), ...roaming.map(roamingRow)].map((row) =>
      columns.map((name) => cell(row[name])),
    ),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
