import type { Extra } from './extra.ts';
import type { DisplayText } from './shared.ts';
import type { PartnerToken } from './token.ts';

type Asked = Extra & {
  /** Where the result goes. */
  readonly responseUrl: string;
};

/** Asks for a session to begin. */
export type StartSession = Asked & {
  readonly token: PartnerToken;
  readonly locationId: string;
  readonly evseUid?: string;
  /** Only together with `evseUid`. */
  readonly connectorId?: string;
  readonly authorizationReference?: string;
};

/** Asks for a session to end. */
export type StopSession = Asked & { readonly sessionId: string };

/** Asks for an EVSE to be kept free; the same id and location again replaces the reservation. */
export type ReserveNow = Asked & {
  readonly token: PartnerToken;
  readonly expiryDate: string;
  /** A whole number in 2.1.1. */
  readonly reservationId: string;
  readonly locationId: string;
  readonly evseUid?: string;
  readonly authorizationReference?: string;
};

/** Takes a reservation back. */
export type CancelReservation = Asked & { readonly reservationId: string };

/** Asks for a cable to be released, for a help desk. */
export type UnlockConnector = Asked & {
  readonly locationId: string;
  readonly evseUid: string;
  readonly connectorId: string;
};

/** The answer at once: whether the command was taken. */
export type CommandResponse = Extra & {
  readonly result: string;
  /** Seconds until the result is certain to have come. */
  readonly timeout: number;
  readonly message: readonly DisplayText[];
};

/** The answer of the charger, later. */
export type CommandResult = Extra & {
  readonly result: string;
  readonly message: readonly DisplayText[];
};
