import { ascending } from '../../units/ascending.ts';
import type { Instant } from '../../units/instant.ts';
import type { AnomalyCode } from '../model/anomaly-codes.ts';

/** The measured quantity: an energy register, a net register, energy per interval, power, or current, which only checks the others. */
export type MeasuredQuantity = 'register' | 'net' | 'interval' | 'power' | 'current';

/** Why it was measured: at the start, at the end, on the clock, or during the session. */
export type Occasion = 'begin' | 'end' | 'clock' | 'sample';

/** One number at one time: mWh, mW for power, or mA for current. */
export type Sample = {
  /** The charger's clock, not yet corrected. */
  readonly at: Instant;
  readonly value: bigint;
  /** Our clock, where the two are too far apart to be left alone. */
  readonly received?: Instant;
  /** True where the charger says that it kept this while it had no connection: then our clock says nothing about its own. */
  readonly offline?: true;
};

/** Samples that belong together: the same quantity, occasion, location and phase (`` for the total). */
export type SeriesKey = {
  readonly quantity: MeasuredQuantity;
  readonly occasion: Occasion;
  readonly location: string;
  readonly phase: string;
};

/** A series: its key, and its samples in order of time, then of value, each once. */
export type Series = { readonly key: SeriesKey; readonly samples: readonly Sample[] };

/** A signed value as it came, untouched. */
export type SignedPoint = {
  readonly at: Instant;
  readonly occasion: Occasion;
  readonly raw: string;
};

/** The state of charge in percent, as the charger wrote it. */
export type StateOfCharge = { readonly at: Instant; readonly percent: string };

/**
 * Measured points as a set: joining two sets is the same in any order and any number of times, so it does not
 * matter how a charger cuts its readings into messages or how often it sends them.
 */
export type Points = {
  readonly series: ReadonlyMap<string, Series>;
  readonly signed: ReadonlyMap<string, SignedPoint>;
  /** The numbers of the messages that arrived; empty where the protocol counts none. */
  readonly sequence: ReadonlySet<number>;
  readonly stateOfCharge?: StateOfCharge;
  /** Each code once, with the first reading (by its text) that it is about. */
  readonly notes: ReadonlyMap<AnomalyCode, string>;
};

/** True for what is never billed and only checks what is: currents, and a register of the vehicle. */
const onlyChecks = ({ quantity, location }: SeriesKey): boolean =>
  quantity === 'current' || location === 'EV';

/** Points without those that only check the others. */
export const withoutChecks = (points: Points): Points => ({
  ...points,
  series: new Map([...points.series].filter(([, { key }]) => !onlyChecks(key))),
});

/** No readings at all. */
export const noPoints: Points = {
  series: new Map(),
  signed: new Map(),
  sequence: new Set(),
  notes: new Map(),
};

/** A series key as text, the key of `Points.series`. */
export const seriesName = ({ quantity, occasion, location, phase }: SeriesKey): string =>
  `${quantity} ${occasion} ${location} ${phase}`;

/** A signed value's key in `Points.signed`. */
export const signedName = ({ at, occasion, raw }: SignedPoint): string =>
  `${at} ${occasion} ${raw}`;

/** The order of samples: time, value, time of receipt, and then what was kept without a connection. */
export const compareSamples = (a: Sample, b: Sample): number =>
  ascending(a.at, b.at) ||
  ascending(a.value, b.value) ||
  ascending(a.received ?? 0n, b.received ?? 0n) ||
  Number(a.offline ?? false) - Number(b.offline ?? false);
