import { billOf } from '../tariff/bill/bill.ts';
import { chargesOf } from '../tariff/bill/charges.ts';
import type { PriceLine } from '../tariff/model/price.ts';
import type { Tariff } from '../tariff/model/tariff.ts';
import { validAt } from '../tariff/model/valid-at.ts';
import { isTimeDependent } from '../tariff/rate/is-time-dependent.ts';
import { type RateCard, rateCardOf } from '../tariff/rate/rate-card.ts';
import { ratePeriods } from '../tariff/rate/rate-periods.ts';
import { repeatedKey } from '../units/ambiguous-json.ts';
import {
  type Decimal,
  decimalOf,
  formatDecimal,
  negated,
  roundDecimal,
  shortDecimal,
} from '../units/decimal.ts';
import { isoInstant } from '../units/instant.ts';
import { readJsonLiterals } from '../units/json-literals.ts';
import { isTimeZone } from '../units/time-zone.ts';
import { chargePeriodsOf } from './charge-periods.ts';
import { type DocumentProblem, type Field, fieldOf, isAbsent } from './document-field.ts';
import { readOcpiCdr, type StatedCdr } from './read-cdr.ts';
import { readOcpiTariff } from './read-tariff.ts';

/** An amount of money; `inclVat` is null where the OCPI version (2.1.1) knows no VAT. */
type CdrAmount = { readonly exclVat: string; readonly inclVat: string | null };

/** The result of pricing a partner's CDR. */
export type PricedCdr =
  | {
      readonly kind: 'priced';
      readonly total: CdrAmount;
      readonly unrounded: CdrAmount;
      readonly lines: readonly PriceLine[];
      /** The total stated by the CDR; null if it states none. */
      readonly stated: CdrAmount | null;
      /** False where the CDR states another total; true as well where it states none. */
      readonly agrees: boolean;
      /** Assumptions made, one sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'malformed'; readonly problems: readonly DocumentProblem[] };

/** Reads the text of a document; uses the content of `data` if it is an OCPI envelope. */
const openDocument = (name: string, text: string, problems: DocumentProblem[]): Field => {
  const read = readJsonLiterals(text);
  if (read.kind === 'malformed') {
    problems.push({ path: name, message: read.message });
    return { path: name, value: {}, problems: [] };
  }
  const key = repeatedKey(text);
  if (key !== undefined) {
    problems.push({
      path: name,
      message: `The key ${JSON.stringify(key)} occurs twice in one object.`,
    });
  }
  const document: Field = { path: name, value: read.value, problems };
  const data = fieldOf(document, 'data');
  return isAbsent(fieldOf(document, 'status_code')) || isAbsent(data) ? document : data;
};

type Zone = { readonly timeZone: string; readonly notes: readonly string[] };

const zoneFor = (card: RateCard, cdr: StatedCdr, stated: string | undefined): Zone => {
  const timeZone = stated ?? cdr.timeZone;
  if (timeZone !== undefined) return { timeZone, notes: [] };
  return {
    timeZone: 'UTC',
    notes: isTimeDependent(card)
      ? ['No time zone is stated: the local times of the tariff were taken as UTC.']
      : [],
  };
};

/** Says whether a stated number is ours: our rounded total, or our exact one rounded to the places stated. */
const sameAmount = (stated: Decimal, total: string, unrounded: string): boolean => {
  const places = Math.max(stated.decimals, 2);
  const theirs = roundDecimal(stated, 12);
  const exact = { digits: decimalOf(unrounded, 12), decimals: 12 };
  return (
    theirs === decimalOf(total, 12) ||
    (places <= 12 && roundDecimal(exact, places) === roundDecimal(stated, places))
  );
};

const decimalText = ({ digits, decimals }: Decimal): string => formatDecimal(digits, decimals);

const agreesWith = (cdr: StatedCdr, total: CdrAmount, unrounded: CdrAmount): boolean => {
  if (cdr.total === undefined) return true;
  const { excl, incl } = cdr.total;
  if (!sameAmount(excl, total.exclVat, unrounded.exclVat)) return false;
  if (incl === undefined || total.inclVat === null || unrounded.inclVat === null) return true;
  return sameAmount(incl, total.inclVat, unrounded.inclVat);
};

const statedBy = ({ total }: StatedCdr): CdrAmount | null =>
  total === undefined
    ? null
    : {
        exclVat: decimalText(total.excl),
        inclVat: total.incl === undefined ? null : decimalText(total.incl),
      };

const checkZone = (problems: DocumentProblem[], path: string, zone: string | undefined): void => {
  if (zone === undefined || isTimeZone(zone)) return;
  problems.push({ path, message: `"${zone}" is not an IANA time zone such as Europe/Berlin.` });
};

/** The amount of a CDR: that of its periods, and in a credit what takes it back. */
const amountOf = (
  { isCredit, withoutVat }: StatedCdr,
  { exclVat, inclVat }: { readonly exclVat: string; readonly inclVat: string },
): CdrAmount => {
  const signed = (amount: string): string => (isCredit ? negated(amount) : amount);
  return { exclVat: signed(exclVat), inclVat: withoutVat ? null : signed(inclVat) };
};

const noteCredit = ({ isCredit }: StatedCdr): readonly string[] =>
  isCredit ? ['The CDR is a credit: its total is that of its periods, negated.'] : [];

/** Times that contradict each other change no price of ours, and are said. */
const noteTimes = ({ startedAt, endedAt, periods }: StatedCdr): readonly string[] => {
  if (endedAt === undefined) return [];
  if (endedAt < startedAt) return ['The CDR ends before it starts.'];
  const strays = periods.filter(({ from }) => from < startedAt || from > endedAt);
  return strays.map(
    ({ from }) =>
      `The period of ${isoInstant(from)} is outside the times of the CDR, ${isoInstant(startedAt)} to ${isoInstant(endedAt)}: it was priced as stated.`,
  );
};

/** How far the hours of a CDR may be beyond its times, in ms, for their rounding: a minute. */
const roundedBy = 60_000n;

const inHours = (milliseconds: bigint): string => shortDecimal((milliseconds * 10n) / 36_000n, 3);

/** Hours that do not fit into the times of the CDR are priced as stated, and said. */
const noteHours = ({ startedAt, endedAt, periods }: StatedCdr): readonly string[] => {
  if (endedAt === undefined || endedAt < startedAt) return [];
  const length = endedAt - startedAt;
  return (['charging', 'parking'] as const).flatMap((kind) => {
    const stated = periods.reduce((sum, period) => sum + (period[kind] ?? 0n), 0n);
    return stated > length + roundedBy
      ? [
          `The periods state ${inHours(stated)} h of ${kind} time, but the CDR lasts ${inHours(length)} h: they were priced as stated.`,
        ]
      : [];
  });
};

/** An element without a price component is not one of OCPI, and makes nothing cost anything. */
const noteEmptyElements = ({ elements }: Tariff): readonly string[] =>
  elements.flatMap(({ priceComponents }, index) =>
    priceComponents.length > 0
      ? []
      : [`tariff.elements[${index}] has no price components: nothing was priced by it.`],
  );

/** A tariff that was not valid at the start still prices the CDR that claims it, with a note. */
const noteValidity = (tariff: Tariff, cdr: StatedCdr): readonly string[] =>
  validAt(tariff, cdr.startedAt) === 'valid'
    ? []
    : ['The tariff was not valid when the CDR started.'];

/** Periods may name another tariff than the one at hand: they are priced with it all the same, with a note. */
const noteOtherTariffs = ({ tariffId }: Tariff, cdr: StatedCdr): readonly string[] => {
  const same = (id: string): boolean => id.toLowerCase() === tariffId.toLowerCase();
  const others = cdr.tariffIds.filter((id) => !same(id));
  return others.length === 0 || tariffId === ''
    ? []
    : [
        `The CDR names another tariff (${others.join(', ')}): all of it was priced with ${tariffId}.`,
      ];
};

const checkCurrency = (problems: DocumentProblem[], cdr: StatedCdr, currency: string): void => {
  if (cdr.currency === undefined || currency === '' || cdr.currency === currency) return;
  problems.push({
    path: 'cdr.currency',
    message: `The CDR is in ${cdr.currency}, the tariff in ${currency}.`,
  });
};

/**
 * Prices the charging periods of an OCPI CDR with an OCPI tariff, both as JSON text of version 2.1.1, 2.2.1 or 2.3.0,
 * and compares with the total it states. `timeZone` is the location's; without it the CDR's own, else UTC with a note.
 * Documents that cannot be priced with are refused, every problem with its path.
 */
export const priceOcpiCdr = (
  tariffDocument: string,
  cdrDocument: string,
  timeZone?: string,
): PricedCdr => {
  const problems: DocumentProblem[] = [];
  const tariff = readOcpiTariff(openDocument('tariff', tariffDocument, problems));
  const cdr = readOcpiCdr(openDocument('cdr', cdrDocument, problems));
  checkCurrency(problems, cdr, tariff.currency);
  checkZone(problems, 'timeZone', timeZone);
  checkZone(problems, 'cdr.location.time_zone', timeZone === undefined ? cdr.timeZone : undefined);
  if (problems.length > 0) return { kind: 'malformed', problems };
  const card = rateCardOf(tariff);
  const zone = zoneFor(card, cdr, timeZone);
  const bill = billOf(chargesOf(ratePeriods(card, chargePeriodsOf(cdr, zone.timeZone))), tariff);
  const total = amountOf(cdr, bill.total);
  const unrounded = amountOf(cdr, bill.unrounded);
  return {
    kind: 'priced',
    total,
    unrounded,
    lines: bill.lines,
    stated: statedBy(cdr),
    agrees: agreesWith(cdr, total, unrounded),
    notes: [
      ...zone.notes,
      ...noteCredit(cdr),
      ...noteTimes(cdr),
      ...noteHours(cdr),
      ...noteEmptyElements(tariff),
      ...noteValidity(tariff, cdr),
      ...noteOtherTariffs(tariff, cdr),
    ],
  };
};
