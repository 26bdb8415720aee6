import type { PushedModule } from '../push/pushed-modules.ts';
import type { PartnerRegistration } from './partner.ts';
import { receiverEndpoint } from './receiver-endpoint.ts';
import { senderEndpoint } from './sender-endpoint.ts';

/** The address that objects of a module are pushed to: of charging profiles the partner is the sender, who set one and gets what became of it. */
export const pushEndpoint = (
  registration: Pick<PartnerRegistration, 'version' | 'endpoints'>,
  module: PushedModule,
): string | undefined =>
  module === 'chargingprofiles'
    ? senderEndpoint(registration, module)
    : receiverEndpoint(registration, module);
