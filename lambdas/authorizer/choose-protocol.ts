import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';

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
    : offers.flatMap((offer) => protocols.filter((one) => one === offer)).at(0);
