import type { Tariff } from '../../tariff/model/tariff.ts';
import type { Loss } from '../codec/losses.ts';
import type { Party } from '../model/party.ts';
import type { PartnerTariff } from '../model/tariff.ts';
import { sayableTariff } from './partner-tariff.ts';

/** Our own terms, for which OCPI has no fields, by their names. */
const unsayable = ['idleGraceMinutes', 'idleCapMinutes', 'rounding'] as const;

const isUsual = ({ mode, scope, decimals }: Tariff['rounding']): boolean =>
  mode === 'half-up' && scope === 'total' && decimals === undefined;

const isStated = (tariff: Tariff, name: (typeof unsayable)[number]): boolean => {
  if (name === 'rounding') return !isUsual(tariff.rounding);
  return name === 'idleGraceMinutes'
    ? (tariff.idleGraceMinutes ?? 0) > 0
    : tariff.idleCapMinutes !== undefined;
};

/** The tariff of a CDR as it was at the start, in the words of OCPI, and the terms that it cannot say. */
export const tariffSnapshot = (
  party: Party,
  tariff: Tariff,
  startedAt: string,
): { readonly tariff: PartnerTariff; readonly losses: readonly Loss[] } => ({
  tariff: sayableTariff(party, tariff, startedAt),
  losses: unsayable
    .filter((name) => isStated(tariff, name))
    .map((name) => ({
      path: `tariffs[0].${name}`,
      lost: JSON.stringify(tariff[name]),
      instead: null,
    })),
});
