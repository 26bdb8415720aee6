import type { Protocol } from '../../core/ocpp/protocol.ts';

/** The versions that we speak. */
const spoken: readonly Protocol[] = ['ocpp1.6'];

/** Reads the subprotocols that a charger offers, in its order; a header may repeat or hold a list. */
export const offersOf = (headers: readonly string[]): readonly string[] =>
  headers
    .flatMap((header) => header.split(','))
    .map((offer) => offer.trim())
    .filter((offer) => offer !== '');

/** The first of the charger's offers that we speak; OCPP 1.6 when it offers none; undefined when we speak none of them. */
export const chooseProtocol = (offers: readonly string[]): Protocol | undefined =>
  offers.length === 0
    ? 'ocpp1.6'
    : offers.flatMap((offer) => spoken.filter((one) => one === offer)).at(0);
