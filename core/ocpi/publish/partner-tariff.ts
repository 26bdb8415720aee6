import type { Tariff, TariffElement, TariffRestrictions } from '../../tariff/model/tariff.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Party } from '../model/party.ts';
import type { PartnerRestrictions, PartnerTariff } from '../model/tariff.ts';

/** A tariff of ours for partners, or the term of it that OCPI cannot say: then they are not shown it at all. */
export type TariffForPartners =
  | { readonly kind: 'tariff'; readonly tariff: PartnerTariff }
  | { readonly kind: 'impossible'; readonly reason: string };

const restrictionsOf = ({
  dayOfWeek,
  ...restrictions
}: TariffRestrictions): PartnerRestrictions => ({ ...restrictions, dayOfWeek: dayOfWeek ?? [] });

const elementOf = ({ priceComponents, restrictions }: TariffElement) =>
  omitUndefined({
    priceComponents: priceComponents.map((component) => ({ ...component })),
    restrictions: restrictions && restrictionsOf(restrictions),
  });

/** The term that would be lost, so that a partner would compute another price than we do. */
function unsayableTerm({ idleGraceMinutes = 0, idleCapMinutes }: Tariff): string | undefined {
  if (idleGraceMinutes > 0) return 'idleGraceMinutes';
  return idleCapMinutes === undefined ? undefined : 'idleCapMinutes';
}

/** A tariff of ours in the canonical form of OCPI, without the terms that OCPI has no fields for. */
export function sayableTariff(party: Party, tariff: Tariff, changedAt: string): PartnerTariff {
  const { tariffId, currency, type, altTexts = [], altUrl, minPrice, maxPrice } = tariff;
  return omitUndefined({
    countryCode: party.countryCode,
    partyId: party.partyId,
    id: tariffId,
    currency,
    type,
    altTexts,
    altUrl,
    minPrice,
    maxPrice,
    elements: tariff.elements.map(elementOf),
    taxIncluded: tariff.taxIncluded === true ? 'YES' : 'NO',
    validFrom: tariff.validFrom,
    validUntil: tariff.validUntil,
    lastUpdated: changedAt,
  });
}

/** A tariff of ours in the canonical form of OCPI. `changedAt` is ISO 8601 in UTC. */
export function partnerTariff(party: Party, tariff: Tariff, changedAt: string): TariffForPartners {
  const unsayable = unsayableTerm(tariff);
  return unsayable === undefined
    ? { kind: 'tariff', tariff: sayableTariff(party, tariff, changedAt) }
    : { kind: 'impossible', reason: `OCPI has no field for ${unsayable}.` };
}
