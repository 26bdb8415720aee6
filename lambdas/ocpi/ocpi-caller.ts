import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import type { SendCommandMessage } from '../connection/command-message.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { Database } from '../store/table/client.ts';

/** The surroundings of a partner's requests. */
export type OcpiServices = RoamingServices & {
  /** Sends a message to the sender of commands; into the queue of commands unless given. */
  readonly sendCommandMessage?: SendCommandMessage;
};

/** Says whether what is a party's is not the caller's to read: parties behind one hub are strangers to each other. */
export const isStranger = ({ asking }: Pick<OcpiCaller, 'asking'>, owner: Party): boolean =>
  asking !== undefined && !sameParty(asking, owner);

/** Says whether what is a party's of ours is not there for a request: it names another party of ours as its receiver. */
export const isElsewhere = ({ asked }: Pick<OcpiCaller, 'asked'>, owner: Party): boolean =>
  asked !== undefined && !sameParty(asked, owner);

/** The context of a partner's request. */
export type OcpiCaller = {
  readonly database: Database;
  readonly services: OcpiServices;
  readonly partner: Partner;
  /** The token that it called with, plain. */
  readonly token: string;
  /** The kind of the token: of an invitation, or of a registration. */
  readonly as: 'invitation' | 'current' | 'next';
  /** The party of ours that the request names as its receiver; absent where it names none of ours. */
  readonly asked?: Party;
  /** The party behind a hub that asks; absent where the hub asks itself, and on any other connection. */
  readonly asking?: Party;
};
