import type { PriceList } from '../../session/price-list.ts';
import type { TokenEncoding } from '../envelope/authorization.ts';
import type { AcceptedTokens } from '../handshake/accepted-tokens.ts';
import type { CredentialsRole, Endpoint } from '../model/credentials.ts';
import type { Party } from '../model/party.ts';
import type { OcpiVersion } from '../translators.ts';
import type { OurRole } from './our-party.ts';

/** How a partner that is registered is called. */
export type PartnerRegistration = {
  readonly version: OcpiVersion;
  readonly encoding: TokenEncoding;
  readonly versionsUrl: string;
  readonly endpoints: readonly Endpoint[];
  /** The parties that the partner speaks for. */
  readonly roles: readonly CredentialsRole[];
  /** The party of the hub that the partner is; absent for any other platform. */
  readonly hub?: Party;
  /** The token that we call it with, encrypted. */
  readonly sealedToken: string;
  /** The token before, encrypted: the partner has replaced it, and nobody knows whether our answer has arrived, without which it may still hold. */
  readonly sealedBefore?: string;
  /** ISO 8601 in UTC. */
  readonly registeredAt: string;
};

/** A platform of others that we exchange data with: one connection, of which each side has one token. */
export type Partner = {
  readonly partnerId: string;
  readonly operatorId: string;
  readonly name: string;
  /** The versions that may be spoken, best first. */
  readonly versions: readonly OcpiVersion[];
  /** Our roles on this connection; 2.1.1 has one for each connection, and then the first counts. */
  readonly ourRoles: readonly OurRole[];
  /** The party that it has to register as; absent: whichever it states. */
  readonly party?: Party;
  /** The parties of ours that it is connected to; absent: all. */
  readonly ourParties?: readonly Party[];
  /** True for the hub between the operators of this deployment, which is reached over our own address. */
  readonly ofDeployment?: boolean;
  /** Names of known mistakes of the partner. */
  readonly quirks: readonly string[];
  /** In 2.1.1, which has no credits: whether the partner agreed to CDRs with a negative total instead. */
  readonly negativeCredits?: boolean;
  /** Hours between two pulls of what the partner has; 0: never; absent: a day. */
  readonly pullEveryHours?: number;
  /** The tariffs that its drivers pay instead of those of our places; absent where they pay what everybody pays. */
  readonly tariffIds?: PriceList;
  /** The tariffs of places whose price for its drivers changed, until that is shown; absent where everything is. */
  readonly unshownPrices?: readonly string[];
  /** False where it is not asked about tokens that nobody knows. */
  readonly askUnknownTokens?: boolean;
  /** The tokens, as SHA-256 in hex, that the partner may call us with. */
  readonly accepted: AcceptedTokens;
  readonly registration?: PartnerRegistration;
  /** Present while nothing is exchanged, because the operator wants it so. */
  readonly suspendedAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts up with every change. */
  readonly revision: number;
};

/** A partner whose handshake is over, so that it can be called. */
export type RegisteredPartner = Partner & { readonly registration: PartnerRegistration };

/** Where a connection stands. */
export type PartnerState = 'invited' | 'registered' | 'suspended' | 'unregistered';

/** Says where a connection stands; `unregistered`: the partner took its registration back, and needs a new token A. */
export const partnerState = ({ suspendedAt, registration, accepted }: Partner): PartnerState => {
  if (suspendedAt !== undefined) return 'suspended';
  if (registration !== undefined) return 'registered';
  return accepted.invitation === undefined ? 'unregistered' : 'invited';
};

/** The list of tariffs that a partner sees: one of its own where its drivers have a price list, else (`-`) that of all partners. */
export const tariffScope = ({
  partnerId,
  tariffIds,
}: Pick<Partner, 'partnerId' | 'tariffIds'>): string => (tariffIds === undefined ? '-' : partnerId);
