import type { PriceLine } from '../../tariff/model/price.ts';
import { writeJsonLiterals } from '../../units/write-json-literals.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import { sameId } from '../model/same-id.ts';
import type { PartnerTariff } from '../model/tariff.ts';
import { priceOcpiCdr } from '../price-cdr.ts';
import { toCdr230 } from '../v230/cdr.ts';
import { toTariff230 } from '../v230/tariff.ts';

/** The price of a CDR by our engine, or why there is none. */
export type PriceOfCdr =
  | {
      readonly kind: 'priced';
      readonly exclVat: string;
      /** Null where the CDR has no VAT (2.1.1). */
      readonly inclVat: string | null;
      readonly lines: readonly PriceLine[];
      /** True where the totals that it states are ours, by rounding at the total or to the places stated. */
      readonly agrees: boolean;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'unpriced'; readonly reason: string };

/** The one tariff of a CDR: the one that its periods name, else the only one that it carries. */
const tariffOf = (
  cdr: PartnerCdr,
  known: readonly PartnerTariff[],
): PartnerTariff | { readonly reason: string } => {
  const named = [...new Set(cdr.chargingPeriods.map(({ tariffId }) => tariffId?.toLowerCase()))];
  const ids = named.filter((each) => each !== undefined);
  if (ids.length > 1) return { reason: `Its periods name several tariffs: ${ids.join(', ')}.` };
  const [id] = ids;
  const candidates =
    id === undefined
      ? cdr.tariffs
      : [...cdr.tariffs, ...known].filter((tariff) => sameId(tariff.id, id)).slice(0, 1);
  const [only, another] = candidates;
  if (only === undefined) {
    return {
      reason: id === undefined ? 'It carries no tariff.' : `The tariff ${id} is not known.`,
    };
  }
  return another === undefined ? only : { reason: 'It carries several tariffs and names none.' };
};

/** No price depends on the connector, which some CDRs do not name. */
const anyConnector = {
  connectorStandard: 'IEC_62196_T2',
  connectorFormat: 'SOCKET',
  connectorPowerType: 'AC_3_PHASE',
};

/** Whether a tariff may be another one than a CDR is billed by: the partner changed it after the session began, and the CDR does not carry it. */
const isAnother = ({ tariffs, startDateTime }: PartnerCdr, tariff: PartnerTariff): boolean =>
  !tariffs.includes(tariff) && tariff.lastUpdated > startDateTime;

/**
 * Prices a CDR with the tariff that it carries, or one of the partner's that is known, in the zone of its location. A known one that changed
 * after the session began prices it only where both agree: the one of its start is not known any more.
 */
export const priceOfCdr = (
  cdr: PartnerCdr,
  known: readonly PartnerTariff[],
  timeZone: string | undefined,
): PriceOfCdr => {
  const tariff = tariffOf(cdr, known);
  if ('reason' in tariff) return { kind: 'unpriced', reason: tariff.reason };
  const context = { owner: cdr };
  const placed = { ...cdr, location: { ...cdr.location, ...anyConnector } };
  // A price in words that the engine does not know is refused by it, and not left out.
  const writtenTariff = toTariff230(tariff, { ...context, isEcho: true });
  const writtenCdr = toCdr230(placed, context);
  if (writtenTariff.kind === 'impossible' || writtenCdr.kind === 'impossible') {
    return { kind: 'unpriced', reason: 'It cannot be written in the words of OCPI 2.3.0.' };
  }
  const priced = priceOcpiCdr(
    writeJsonLiterals(writtenTariff.object),
    writeJsonLiterals(writtenCdr.object),
    timeZone ?? cdr.location.timeZone,
  );
  if (priced.kind === 'malformed') {
    const [first] = priced.problems;
    return { kind: 'unpriced', reason: `${first?.path ?? ''}: ${first?.message ?? ''}` };
  }
  if (!priced.agrees && isAnother(cdr, tariff)) {
    const reason = `The tariff ${tariff.id} changed after the session began, and the CDR does not carry the one of its start.`;
    return { kind: 'unpriced', reason };
  }
  return {
    kind: 'priced',
    exclVat: priced.total.exclVat,
    inclVat: cdr.totalCost.inclVat === undefined ? null : priced.total.inclVat,
    lines: priced.lines,
    agrees: priced.agrees,
    notes: priced.notes,
  };
};
