import type { Anomaly } from '../metering/model/anomaly.ts';
import { anomalyOf } from '../metering/model/anomaly-codes.ts';
import type { Money } from '../tariff/model/price.ts';
import { currencyDecimals } from '../units/currency.ts';
import { decimalOf, parseDecimal, roundDecimal } from '../units/decimal.ts';

/** The payment of a session at the charger's own terminal, as the charger reports it (OCPP 2.1 NotifySettlement). */
export type TerminalPayment = {
  /** `Settled`, or `Canceled`, `Rejected` or `Failed`. */
  readonly status: string;
  /** With VAT in the currency of the charger, a decimal. */
  readonly amount: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

/**
 * The anomaly of a payment that was settled with another amount than the CDR of its session states: by more than the smallest coin,
 * as terminals round to coins. None where it was not settled, or while the CDR states no price.
 */
export const terminalPaymentAnomaly = (
  terminalPayment: TerminalPayment | undefined,
  total: Money | undefined,
): Anomaly | undefined => {
  if (terminalPayment?.status !== 'Settled' || total === undefined) return undefined;
  const { amount, at } = terminalPayment;
  const { currency, inclVat } = total;
  const places = currencyDecimals(currency) ?? 2;
  const paid = parseDecimal(amount);
  if (paid === undefined) return undefined;
  const more = roundDecimal(paid, 6) - decimalOf(inclVat, 6);
  const coin = 10n ** BigInt(6 - places);
  if (-coin <= more && more <= coin) return undefined;
  const detail = `Settled: ${amount}, the CDR: ${inclVat} ${currency}.`;
  return anomalyOf('TERMINAL_PAYMENT_DIFFERS', at, detail);
};
