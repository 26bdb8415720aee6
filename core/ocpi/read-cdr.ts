import { type Decimal, roundDecimal } from '../units/decimal.ts';
import { type Instant, instant } from '../units/instant.ts';
import { omitUndefined } from '../units/omit-undefined.ts';
import {
  dateTimeIn,
  decimalIn,
  expectObject,
  type Field,
  fieldOf,
  isAbsent,
  itemsOf,
  numberIn,
  refuse,
  requiredText,
  someItemsOf,
  textOf,
} from './document-field.ts';
import { timeOfHours } from './hours.ts';

/** The quantities of a CDR's charging period, in our units; absent where it states none. */
export type StatedPeriod = {
  readonly from: Instant;
  readonly to: Instant;
  /** mWh. */
  readonly energy?: bigint;
  /** Milliseconds. */
  readonly charging?: bigint;
  readonly parking?: bigint;
  readonly reserved?: bigint;
  /** µA and mW; a single one of minimum and maximum is used for both. */
  readonly current?: { readonly least: bigint; readonly most: bigint };
  readonly power?: { readonly least: bigint; readonly most: bigint };
};

/** The total that a CDR states; `incl` is absent where its version or its author leaves it out. */
type StatedTotal = { readonly excl: Decimal; readonly incl?: Decimal };

/** The parts of a CDR of any OCPI version that pricing needs. */
export type StatedCdr = {
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** True for a credit: it repeats the periods of the CDR that it takes back, and negates the total alone. */
  readonly isCredit: boolean;
  readonly periods: readonly StatedPeriod[];
  readonly total?: StatedTotal;
  /** True if the version has no VAT (2.1.1), so that no price with VAT is known. */
  readonly withoutVat: boolean;
  readonly currency?: string;
  /** The location's zone, where the document carries it. */
  readonly timeZone?: string;
  /** The tariffs that its periods name, each once. */
  readonly tariffIds: readonly string[];
};

type Volumes = ReadonlyMap<string, Decimal>;

const plus = (a: Decimal, b: Decimal): Decimal => {
  const decimals = Math.max(a.decimals, b.decimals);
  return { digits: roundDecimal(a, decimals) + roundDecimal(b, decimals), decimals };
};

/** Dimensions that are billed: no car gives back what it was sold, not even in a credit. */
const billed: ReadonlySet<string> = new Set(['ENERGY', 'TIME', 'PARKING_TIME', 'RESERVATION_TIME']);

/** The volumes of a period by dimension; one that is stated twice is added up. */
const readVolumes = (period: Field): Volumes => {
  const volumes = new Map<string, Decimal>();
  for (const item of itemsOf(fieldOf(period, 'dimensions'), 'required')) {
    const type = requiredText(fieldOf(item, 'type')).toUpperCase();
    const field = fieldOf(item, 'volume');
    const volume = decimalIn(field);
    if (volume === undefined && isAbsent(field)) refuse(field, 'This volume is missing.');
    if (volume === undefined) continue;
    if (volume.digits < 0n && billed.has(type)) refuse(field, 'This must not be negative.');
    const before = volumes.get(type);
    volumes.set(type, before === undefined ? volume : plus(before, volume));
  }
  return volumes;
};

const rangeOf = (volumes: Volumes, quantity: 'CURRENT' | 'POWER') => {
  const both = volumes.get(quantity);
  const least = volumes.get(`MIN_${quantity}`) ?? both ?? volumes.get(`MAX_${quantity}`);
  const most = volumes.get(`MAX_${quantity}`) ?? both ?? least;
  if (least === undefined || most === undefined) return undefined;
  return { least: roundDecimal(least, 6), most: roundDecimal(most, 6) };
};

const readPeriod = (field: Field, from: Instant, to: Instant): StatedPeriod => {
  const volumes = readVolumes(field);
  const time = (type: string): bigint | undefined => {
    const hours = volumes.get(type);
    return hours === undefined ? undefined : timeOfHours(hours, to - from);
  };
  const energy = volumes.get('ENERGY');
  return {
    from,
    to,
    ...omitUndefined({
      energy: energy === undefined ? undefined : roundDecimal(energy, 6),
      charging: time('TIME'),
      parking: time('PARKING_TIME'),
      reserved: time('RESERVATION_TIME'),
      current: rangeOf(volumes, 'CURRENT'),
      power: rangeOf(volumes, 'POWER'),
    }),
  };
};

const readPeriods = (cdr: Field, end: Instant | undefined): readonly StatedPeriod[] => {
  const started = someItemsOf(fieldOf(cdr, 'charging_periods'))
    .map((field) => {
      const start = fieldOf(field, 'start_date_time');
      if (isAbsent(start)) refuse(start, 'This date and time is missing.');
      return { field, from: dateTimeIn(start) ?? instant(0n) };
    })
    // Partners send them in any order; a period ends where the next one starts.
    .toSorted((a, b) => Number(a.from - b.from));
  return started.map(({ field, from }, index) =>
    readPeriod(field, from, started[index + 1]?.from ?? end ?? from),
  );
};

/** `total_cost` of 2.3.0: before taxes, and with them where they are stated. */
const readTaxedTotal = (field: Field, excl: Decimal): StatedTotal => {
  const taxes = fieldOf(field, 'taxes');
  if (isAbsent(taxes)) return { excl };
  const amounts = itemsOf(taxes, 'optional').map((tax) => decimalIn(fieldOf(tax, 'amount')));
  return { excl, incl: amounts.filter((amount) => amount !== undefined).reduce(plus, excl) };
};

/** `total_cost`: a number without VAT (2.1.1), `excl_vat` and `incl_vat` (2.2.1), `before_taxes` and `taxes` (2.3.0). */
const readTotal = (field: Field): StatedTotal | undefined => {
  if (isAbsent(field)) return undefined;
  const plain = numberIn(field);
  if (plain !== undefined) return { excl: plain };
  const beforeTaxes = decimalIn(fieldOf(field, 'before_taxes'));
  if (beforeTaxes !== undefined) return readTaxedTotal(field, beforeTaxes);
  const excl = decimalIn(fieldOf(field, 'excl_vat'));
  const incl = decimalIn(fieldOf(field, 'incl_vat'));
  if (excl === undefined) {
    refuse(
      field,
      'This has to be a number (2.1.1), or have excl_vat (2.2.1) or before_taxes (2.3.0).',
    );
    return undefined;
  }
  return { excl, ...(incl === undefined ? {} : { incl }) };
};

const tariffIdsIn = (cdr: Field): readonly string[] => {
  // A list that is missing is refused where the periods themselves are read.
  const periods = itemsOf(fieldOf(cdr, 'charging_periods'), 'optional');
  const ids = periods.map((period) => textOf(fieldOf(period, 'tariff_id')));
  return [...new Set(ids.filter((id) => id !== undefined))];
};

const zoneIn = (cdr: Field): string | undefined =>
  textOf(fieldOf(fieldOf(cdr, 'location'), 'time_zone')) ??
  textOf(fieldOf(fieldOf(cdr, 'cdr_location'), 'time_zone'));

const isCreditIn = (field: Field): boolean => {
  if (isAbsent(field) || typeof field.value === 'boolean') return field.value === true;
  refuse(field, 'This has to be true or false.');
  return false;
};

const endOf = (cdr: Field): Instant | undefined =>
  dateTimeIn(fieldOf(cdr, 'end_date_time')) ?? dateTimeIn(fieldOf(cdr, 'stop_date_time'));

/** Reads what pricing needs of a CDR of OCPI 2.1.1, 2.2.1 or 2.3.0. Problems gather in the field. */
export const readOcpiCdr = (field: Field): StatedCdr => {
  expectObject(field);
  const startField = fieldOf(field, 'start_date_time');
  if (isAbsent(startField)) refuse(startField, 'This date and time is missing.');
  const totalField = fieldOf(field, 'total_cost');
  const total = readTotal(totalField);
  const timeZone = zoneIn(field);
  const currency = textOf(fieldOf(field, 'currency'));
  const endedAt = endOf(field);
  return {
    startedAt: dateTimeIn(startField) ?? instant(0n),
    isCredit: isCreditIn(fieldOf(field, 'credit')),
    ...(endedAt === undefined ? {} : { endedAt }),
    periods: readPeriods(field, endedAt),
    tariffIds: tariffIdsIn(field),
    withoutVat: !isAbsent(fieldOf(field, 'auth_id')) || numberIn(totalField) !== undefined,
    ...(total === undefined ? {} : { total }),
    ...(currency === undefined ? {} : { currency }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
};
