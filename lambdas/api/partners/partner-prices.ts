import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
import { refused } from '../../http/answer.ts';
import { changePartner } from '../../store/partners/partners.ts';
import { readTariff } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';

/** A price list as it is kept: none where it replaces nothing. */
const pricesOf = (tariffIds: PriceList): PriceList | undefined =>
  Object.keys(tariffIds).length === 0 ? undefined : tariffIds;

/** The mistake in a price list: a tariff that does not exist, or one in another currency than that which it replaces. */
export async function wrongPrices(
  { database, operatorId }: Pick<Caller, 'database' | 'operatorId'>,
  tariffIds: PriceList = {},
) {
  const named = [...new Set(Object.entries(tariffIds).flat())];
  const found = await Promise.all(
    named.map(async (tariffId) => (await readTariff(database, operatorId, tariffId))?.tariff),
  );
  const currencies = new Map(named.map((tariffId, at) => [tariffId, found[at]?.currency]));
  if (found.some((tariff) => tariff === undefined)) return refused('TARIFF_NOT_FOUND');
  const mixed = Object.entries(tariffIds).find(
    ([of, instead]) => currencies.get(of) !== currencies.get(instead),
  );
  if (mixed === undefined) return undefined;
  const message = `The tariff ${mixed[1]} has another currency than ${mixed[0]}.`;
  return refused('INVALID_REQUEST', [{ path: `body.tariffIds.${mixed[0]}`, message }]);
}

/** A new price list in the place of a partner's, with the tariffs of places whose price it changes: these are to be shown again. */
export function changeOfPrices(
  { tariffIds: before = {}, unshownPrices = [] }: Pick<Partner, 'tariffIds' | 'unshownPrices'>,
  after: PriceList,
): {
  readonly tariffIds: PriceList | undefined;
  readonly unshownPrices: readonly string[] | undefined;
} {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const touched = all.filter((tariffId) => before[tariffId] !== after[tariffId]);
  const unshown = [...new Set([...unshownPrices, ...touched])];
  return {
    tariffIds: pricesOf(after),
    unshownPrices: unshown.length === 0 ? undefined : unshown,
  };
}

/** Has the places shown again whose price changed for a partner, and notes it: what fails in between is shown with its next change. */
export async function showPrices(
  { database, sendPartnerMessages, operatorId }: Caller,
  partner: Partner,
): Promise<void> {
  const { unshownPrices: touched } = partner;
  if (touched === undefined) return;
  await sendPartnerMessages([{ kind: 'everything', operatorId, touched: [...touched] }]);
  await changePartner(database, partner, { unshownPrices: undefined });
}
