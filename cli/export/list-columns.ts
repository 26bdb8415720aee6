import type { Cell } from './csv-line.ts';

/** The sums of a group of CDRs in one currency; `group` is the day or the month. */
const rollup: readonly string[] =
  `group currency sessions energyKwh revenue.exclVat revenue.inclVat occupiedSeconds chargingSeconds
  idleSeconds`.split(/\s+/);

/** The columns of lists that can be written as CSV; a dot leads into an object. What is itself a list, such as the lines of a bill, has none. */
export const listColumns = {
  sessions:
    `sessionId chargerId locationId evseId connectorId transactionId tokenId accountId state startedAt endedAt energyKwh
    cost.currency cost.exclVat cost.inclVat tariffId stopReason cdrId`.split(/\s+/),
  cdrs: `cdrId sessionId chargerId evseId connectorId tokenId accountId startedAt endedAt timeZone durationSeconds chargingSeconds
    idleSeconds energyKwh total.currency total.exclVat total.inclVat tariff.tariffId state creditOf`.split(
    /\s+/,
  ),
  days: rollup,
  months: rollup,
  chargers:
    `chargerId name locationId tariffId vendor model serialNumber firmwareVersion ocppVersion online connectedAt
    lastSeenAt`.split(/\s+/),
  tokens:
    'tokenId accountId status validUntil parentTokenId promoCode party.countryCode party.partyId'.split(
      ' ',
    ),
  payments: 'sessionId state currency due received open'.split(' '),
  tariffs: 'tariffId name currency version validFrom validUntil'.split(' '),
} as const satisfies Record<string, readonly string[]>;

const isCell = (value: unknown): value is Cell =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** The value of a column of a thing; null where it has none. */
export function valueAt(thing: object, column: string): Cell {
  const value = column
    .split('.')
    .reduce<unknown>((within, name) => Object(within)[name] ?? null, thing);
  return isCell(value) ? value : null;
}
