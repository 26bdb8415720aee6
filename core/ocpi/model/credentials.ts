import type { Extra } from './extra.ts';
import type { Party } from './party.ts';
import type { BusinessDetails } from './shared.ts';

/** A role that a platform plays for a party. */
export type CredentialsRole = Party &
  Extra & {
    /** As in `CPO`; absent in 2.1.1, where the URL of the versions says it. */
    readonly role?: string;
    readonly businessDetails: BusinessDetails;
  };

/** The means by which one platform calls another. */
export type Credentials = Extra & {
  /** Plain, whatever the Authorization header has. */
  readonly token: string;
  readonly url: string;
  /** Exactly one in 2.1.1. */
  readonly roles: readonly CredentialsRole[];
  /** 2.3.0: country code and party id of the hub, where this is one. */
  readonly hubPartyId?: string;
};

/** A version that a platform speaks, and where. */
export type VersionAddress = Extra & { readonly version: string; readonly url: string };

/** An address of a module. */
export type Endpoint = Extra & {
  readonly identifier: string;
  /** `SENDER` or `RECEIVER`; absent in 2.1.1. */
  readonly role?: string;
  readonly url: string;
};

/** Addresses of all modules of one version. */
export type VersionDetails = Extra & {
  readonly version: string;
  readonly endpoints: readonly Endpoint[];
};
