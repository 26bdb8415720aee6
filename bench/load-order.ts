import type { Credentials } from './charger-socket.ts';

/** The order to the load generator. */
export type LoadOrder =
  | {
      readonly kind: 'connect';
      /** Base URL of the charger side. */
      readonly chargers: string;
      readonly fleet: readonly Credentials[];
    }
  | { readonly kind: 'drive'; readonly seconds: number }
  | { readonly kind: 'leave' };

/** The load generator's answer. */
export type LoadResult =
  | { readonly kind: 'connected' }
  | Driven
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly message: string };

/** Readings sent at full speed, each charger waiting for the answer before the next. */
export type Driven = {
  readonly kind: 'driven';
  readonly sent: number;
  readonly answered: number;
  readonly seconds: number;
  /** The fate of the first unanswered message; empty when all were answered. */
  readonly firstError: string;
};
