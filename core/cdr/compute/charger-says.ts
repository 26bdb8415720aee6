import type { Anomaly } from '../../metering/model/anomaly.ts';
import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { Money } from '../../tariff/model/price.ts';
import { currencyDecimals } from '../../units/currency.ts';
import { decimalOf } from '../../units/decimal.ts';
import type { CdrContent } from '../model/cdr.ts';

/** The cost of a session by the charger's own calculation (OCPP 2.1 CostDetailsType); decimals with at most 6 places. */
export type ChargerCost =
  | {
      readonly kind: 'computed';
      /** ISO 4217. */
      readonly currency: string;
      readonly exclVat?: string;
      readonly inclVat?: string;
    }
  /** It could not calculate it. */
  | { readonly kind: 'failed'; readonly reason?: string };

/** A limit of a transaction that a charger keeps. */
export type KeptLimit = 'cost' | 'energy' | 'time' | 'state of charge';

/** The part of a message in which a charger speaks of its own doing: no bill is made from it. */
export type ChargerSays = {
  /** The charger's time, as it wrote it. */
  readonly at: string;
  /** The final cost, of a message that ends a session. */
  readonly cost?: ChargerCost;
  /** The limit that was reached. */
  readonly limit?: KeptLimit;
  /** For how long energy flowed, in s, above 0, of a message that ends a session. */
  readonly chargedSeconds?: number;
};

const decimals = 6;

/** A charger may round at another place than we do: by one coin it may differ. */
const differs = (own: string | undefined, billed: string, coin: bigint): boolean => {
  if (own === undefined) return false;
  const difference = decimalOf(own, decimals) - decimalOf(billed, decimals);
  return (difference < 0n ? -difference : difference) > coin;
};

const costAnomaly = (at: string, cost: ChargerCost, total: Money | null): Anomaly | undefined => {
  if (cost.kind === 'failed') return anomalyOf('CHARGER_COST_FAILED', at, cost.reason);
  if (total === null) return undefined;
  const { currency, exclVat, inclVat } = cost;
  const coin = 10n ** BigInt(decimals - (currencyDecimals(total.currency) ?? 2));
  const isSame =
    currency === total.currency &&
    !differs(inclVat, total.inclVat, coin) &&
    !differs(exclVat, total.exclVat, coin);
  const own = `${inclVat ?? exclVat ?? '0'} ${currency}`;
  const billed = inclVat === undefined ? total.exclVat : total.inclVat;
  return isSame
    ? undefined
    : anomalyOf('CHARGER_COST_DIFFERS', at, `It says ${own}, the CDR ${billed} ${total.currency}.`);
};

/** So much more than a tenth, in s, may be billed as charging time: 5 minutes. */
const moreCharging = 300;

const timeAnomaly = (
  { at, chargedSeconds }: ChargerSays,
  { total, chargingSeconds }: Billed,
): Anomaly | undefined => {
  if (total === null || chargedSeconds === undefined) return undefined;
  if (10 * (chargingSeconds - moreCharging) <= 11 * chargedSeconds) return undefined;
  const minutes = (seconds: number): string => `${Math.round(seconds / 60)} minutes`;
  const compared = `It says ${minutes(chargedSeconds)}, the CDR ${minutes(chargingSeconds)}.`;
  return anomalyOf('CHARGING_TIME_DIFFERS', at, compared);
};

/** The part of a CDR that a charger speaks of; the total is null while it is held. */
type Billed = Pick<CdrContent, 'total' | 'chargingSeconds'>;

/**
 * The anomalies of what a charger says of its own doing in the messages of a session, against its CDR: a cost that differs by more than
 * the smallest coin, one that it could not calculate, charging time that exceeds what it says by more than a tenth and 5 minutes, and
 * limits that it stopped at. The order and repetition of the messages do not matter.
 */
export const chargerFindings = (
  says: readonly ChargerSays[],
  billed: Billed,
): readonly Anomaly[] => {
  const ordered = says.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const limits = new Map(
    ordered.flatMap(({ at, limit }) => (limit === undefined ? [] : [[limit, at] as const])),
  );
  const last = ordered.findLast(({ cost }) => cost !== undefined);
  const ofCost =
    last?.cost === undefined ? undefined : costAnomaly(last.at, last.cost, billed.total);
  const timed = ordered.findLast(({ chargedSeconds }) => chargedSeconds !== undefined);
  const ofTime = timed && timeAnomaly(timed, billed);
  return [
    ...[...limits].map(([limit, at]) => anomalyOf('CHARGER_LIMIT_REACHED', at, `Limit: ${limit}.`)),
    ...(ofCost === undefined ? [] : [ofCost]),
    ...(ofTime === undefined ? [] : [ofTime]),
  ];
};
