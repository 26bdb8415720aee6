import type { PartnerRegistration } from './partner.ts';

/** The address at which a partner takes the objects of a module; undefined for one that reads them instead. */
export const receiverEndpoint = (
  { version, endpoints }: Pick<PartnerRegistration, 'version' | 'endpoints'>,
  module: string,
): string | undefined =>
  endpoints.find(
    ({ identifier, role }) =>
      identifier === module && (version === '2.1.1' || role?.toUpperCase() === 'RECEIVER'),
  )?.url;
