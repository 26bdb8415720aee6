import type { Protocol } from '../../core/ocpp/protocol.ts';
import type { Credentials } from '../charger/charger-socket.ts';

/** The order to the load generator. */
export type LoadOrder =
  | {
      readonly kind: 'connect';
      /** Base URL of the charger side. */
      readonly chargers: string;
      readonly fleet: readonly Credentials[];
      readonly protocol: Protocol;
    }
  | { readonly kind: 'drive'; readonly seconds: number }
  | BareWrites
  | { readonly kind: 'leave' };

/** Writes straight to the engine, to compare with. */
export type BareWrites = {
  readonly kind: 'write';
  readonly engine: string;
  readonly table: string;
  /** Writes in flight. */
  readonly atOnce: number;
  readonly seconds: number;
};

/** The number and the cost of such writes. */
export type Wrote = {
  readonly kind: 'wrote';
  readonly count: number;
  /** Of the process that wrote. */
  readonly cpuMilliseconds: number;
};

/** The load generator's answer. */
export type LoadResult =
  | { readonly kind: 'connected' }
  | Driven
  | Wrote
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly message: string };

/** Readings sent at full speed, each charger waiting for the answer before the next. */
export type Driven = {
  readonly kind: 'driven';
  readonly sent: number;
  readonly answered: number;
  readonly seconds: number;
  /** The time in ms within which 99 of 100 answers came. */
  readonly p99: number;
  /** The fate of the first unanswered message; empty when all were answered. */
  readonly firstError: string;
};
