import type { CdrContent } from '../cdr/model/cdr.ts';
import { decimalOf } from '../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../units/energy.ts';
import { type Duration, duration } from '../units/instant.ts';
import type { Quantity } from '../units/quantity.ts';

/** Money in 10,000ths of its currency's unit: no currency of ISO 4217 has smaller coins. */
export type TenThousandths = Quantity<'10^-4 of a currency unit'>;

/** Decimals of `TenThousandths`. */
export const moneyDecimals = 4;

/** Sums over sealed CDRs, in one currency. A credit counts against what it credits, so the sums may pass below 0 on the way. A session that is free by an operator's credit took place all the same. */
export type Figures = {
  /** Sealed CDRs less credits that another CDR follows. */
  readonly sessions: bigint;
  readonly energy: MilliWattHours;
  /** From the start to the end of each session. */
  readonly occupied: Duration;
  readonly charging: Duration;
  readonly idle: Duration;
  readonly exclVat: TenThousandths;
  readonly inclVat: TenThousandths;
};

const milliseconds = (seconds: number): bigint => decimalOf(String(seconds), 3);

const money = (text: string): TenThousandths => decimalOf(text, moneyDecimals) as TenThousandths;

/** Whether the session of a CDR counts: 1, -1 for a credit, which takes it back, and 0 for one that takes back the amounts alone. */
export const signOf = ({ creditOf, correction }: Pick<CdrContent, 'creditOf' | 'correction'>) => {
  if (creditOf === null) return 1n;
  return correction?.kind === 'credit' ? 0n : -1n;
};

/**
 * The figures of one sealed CDR, whose total must be known. A credit takes back session, energy and times, unless nothing is billed
 * instead; its amounts are negative.
 */
export function figuresOf(
  cdr: CdrContent & { readonly total: NonNullable<CdrContent['total']> },
): Figures {
  const sign = signOf(cdr);
  return {
    sessions: sign,
    energy: milliWattHours(sign * decimalOf(String(cdr.energyKwh), 6)),
    occupied: duration(sign * milliseconds(cdr.durationSeconds)),
    charging: duration(sign * milliseconds(cdr.chargingSeconds)),
    idle: duration(sign * milliseconds(cdr.idleSeconds)),
    exclVat: money(cdr.total.exclVat),
    inclVat: money(cdr.total.inclVat),
  };
}

/** The sum of two figures of the same currency. */
export const addFigures = (a: Figures, b: Figures): Figures => ({
  sessions: a.sessions + b.sessions,
  energy: milliWattHours(a.energy + b.energy),
  occupied: duration(a.occupied + b.occupied),
  charging: duration(a.charging + b.charging),
  idle: duration(a.idle + b.idle),
  exclVat: (a.exclVat + b.exclVat) as TenThousandths,
  inclVat: (a.inclVat + b.inclVat) as TenThousandths,
});
