import type { PartnerRegistration } from './partner.ts';

/** The address at which a partner answers about objects of a module that are its own; undefined where it has none. */
export const senderEndpoint = (
  { version, endpoints }: Pick<PartnerRegistration, 'version' | 'endpoints'>,
  module: string,
): string | undefined =>
  endpoints.find(
    ({ identifier, role }) =>
      identifier === module && (version === '2.1.1' || role?.toUpperCase() === 'SENDER'),
  )?.url;
