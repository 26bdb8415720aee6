import type { Extra } from './extra.ts';
import type { Party } from './party.ts';
import type { DisplayText } from './shared.ts';

/** The energy contract of a driver. */
export type EnergyContract = Extra & {
  readonly supplierName: string;
  readonly contractId?: string;
};

/** The means by which a driver of a partner identifies: a card, an app, a contract in the vehicle. */
export type PartnerToken = Party &
  Extra & {
    readonly uid: string;
    readonly type: string;
    readonly contractId: string;
    readonly visualNumber?: string;
    readonly issuer: string;
    readonly groupId?: string;
    /** Tokens are never deleted, but become invalid. */
    readonly valid: boolean;
    readonly whitelist: string;
    readonly language?: string;
    readonly defaultProfileType?: string;
    readonly energyContract?: EnergyContract;
    readonly lastUpdated: string;
  };

/** The place at which a driver asks to charge. */
export type LocationReferences = Extra & {
  readonly locationId: string;
  readonly evseUids: readonly string[];
  /** 2.1.1 alone: connectors of these EVSEs; empty in every other version. */
  readonly connectorIds: readonly string[];
};

/** The answer to whether a token may charge. */
export type AuthorizationInfo = Extra & {
  readonly allowed: string;
  /** Absent in 2.1.1, where the asker knows it. */
  readonly token?: PartnerToken;
  readonly location?: LocationReferences;
  readonly authorizationReference?: string;
  readonly info?: DisplayText;
};
