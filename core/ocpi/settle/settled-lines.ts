import type { PriceLine } from '../../tariff/model/price.ts';
import type { CdrVerdict } from '../check/check-cdr.ts';
import { priceOfCdr } from '../check/price-of-cdr.ts';
import type { PartnerCdr } from '../model/cdr.ts';

/**
 * The lines of our price of a CDR that a partner sent, by which its total is split; none where there is no price. A credit is judged by the CDR
 * that it takes back and not by a price: it has the lines of its own periods. `timeZone` is that of its place, IANA.
 */
export function settledLines(
  cdr: PartnerCdr,
  { price }: Pick<CdrVerdict, 'price'>,
  timeZone: string | undefined,
): readonly PriceLine[] {
  const own =
    price.kind === 'unpriced' && cdr.credit === true ? priceOfCdr(cdr, [], timeZone) : price;
  return own.kind === 'priced' ? own.lines : [];
}
