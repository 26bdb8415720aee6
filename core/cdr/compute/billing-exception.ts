import type { SessionStop } from '../../session/session.ts';
import type { Price, PriceLine } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { decimalOf } from '../../units/decimal.ts';
import type { MilliWattHours } from '../../units/energy.ts';
import { abortReasons, mostZeroKwh, type PriceSettings } from './billing-settings.ts';

/** How a session is billed otherwise than by its tariff, and the sentence that says why. */
export type BillingException = {
  readonly kind: 'nothing' | 'no-session-fee';
  readonly reason: string;
};

/** True if a session can be an exception at all, whatever an operator sets: all others need no look at the settings. */
export const mayBeException = (stop: SessionStop | undefined, energy: MilliWattHours): boolean =>
  energy <= decimalOf(String(mostZeroKwh), 6) ||
  abortReasons.some((reason) => reason === stop?.reason);

/** The exception that a session is by an operator's settings; undefined when its tariff bills it as usual. */
export const exceptionOf = (
  { zeroEnergy, aborted }: PriceSettings,
  stop: SessionStop | undefined,
  energy: MilliWattHours,
): BillingException | undefined => {
  const { bill, upToKwh } = zeroEnergy;
  if (bill === 'nothing' && energy <= decimalOf(String(upToKwh), 6)) {
    const little = upToKwh === 0 ? 'no energy' : `no more than ${upToKwh} kWh`;
    return { kind: 'nothing', reason: `Not billed: the session delivered ${little}.` };
  }
  const reason = aborted.stopReasons.find((one) => one === stop?.reason);
  return aborted.waiveSessionFee && reason !== undefined
    ? { kind: 'no-session-fee', reason: `Waived: the session was aborted (${reason}).` }
    : undefined;
};

/**
 * Prices a session as its exception asks: for nothing; or without session fee and minimum price, which is one too.
 * Quantities that are not billed stay visible as a line of 0 with its reason, so that the lines add up to the total.
 */
export const priceException = (
  exception: BillingException | undefined,
  tariff: Tariff,
  price: (tariff: Tariff) => Price,
): Price => {
  const usual = price(tariff);
  if (exception === undefined) return usual;
  const { kind, reason } = exception;
  switch (kind) {
    case 'nothing':
      return priceNothing(usual, reason);
    case 'no-session-fee': {
      const rest = price(withoutFees(tariff));
      const waived = usual.lines.filter(({ component }) => fees.has(component));
      return { ...rest, lines: [...rest.lines, ...waived.map((line) => unbilled(line, reason))] };
    }
    default:
      return kind satisfies never;
  }
};

const fees: ReadonlySet<PriceLine['component']> = new Set(['FLAT', 'MIN_PRICE']);

/** Lines that only correct the sum of others; nothing is left to correct when none is billed. */
const corrections: ReadonlySet<PriceLine['component']> = new Set([
  'ROUNDING',
  'MIN_PRICE',
  'MAX_PRICE',
]);

const withoutFees = ({ minPrice: _waived, ...tariff }: Tariff): Tariff => ({
  ...tariff,
  elements: tariff.elements.map((element) => ({
    ...element,
    priceComponents: element.priceComponents.filter(({ type }) => type !== 'FLAT'),
  })),
});

const priceNothing = ({ total, lines, periods }: Price, reason: string): Price => ({
  total: { ...total, exclVat: zeroLike(total.exclVat), inclVat: zeroLike(total.inclVat) },
  unrounded: { exclVat: '0', inclVat: '0' },
  lines: lines
    .filter(({ component }) => !corrections.has(component))
    .map((line) => unbilled(line, reason)),
  periods,
});

const unbilled = (line: PriceLine, reason: string): PriceLine => ({
  ...line,
  billedQuantity: '0',
  exclVat: zeroLike(line.exclVat),
  inclVat: zeroLike(line.inclVat),
  reason: `${line.reason} ${reason}`,
});

/** A zero with as many decimals. */
const zeroLike = (amount: string): string =>
  amount
    .replace('-', '')
    .replaceAll(/\d/g, '0')
    .replace(/^0+(?=0)/, '');
