import type { PartnerConnector } from '../model/connector.ts';
import type { PartnerEvse } from '../model/evse.ts';
import type { PartnerLocation } from '../model/location.ts';
import type { Party } from '../model/party.ts';
import type { CdrToken } from '../model/shared.ts';

/** Whose session it is, and how the driver was let in: as it was when partners first saw the session. */
export type SharedDriver = {
  /** The party of ours that runs the charger. */
  readonly party: Party;
  readonly token: CdrToken;
  /** As in `WHITELIST`. */
  readonly authMethod: string;
  readonly authorizationReference?: string;
};

/** The place of a session: its location with nothing but the EVSE and connector. */
export type SharedPlace = {
  readonly location: PartnerLocation;
  readonly evse: PartnerEvse;
  readonly connector: PartnerConnector;
};
