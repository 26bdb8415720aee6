import type { RequestText } from '../outbound/request-text.ts';

/** The surroundings of every exchange with roaming partners. */
export type RoamingServices = {
  /** Sends a request, to public addresses alone. */
  readonly request: RequestText;
  /** The key, 32 bytes, by which what a partner entrusted to us is encrypted. */
  readonly keyOf: (whose: PartnerName) => Promise<Uint8Array>;
  /** The address of our OCPI, without a slash at the end. */
  readonly ocpiUrl: string;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Which partner of which operator. */
export type PartnerName = { readonly operatorId: string; readonly partnerId: string };

/** The address of our list of versions. */
export const versionsUrlOf = ({ ocpiUrl }: Pick<RoamingServices, 'ocpiUrl'>): string =>
  `${ocpiUrl}/versions`;
