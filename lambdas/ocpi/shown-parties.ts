import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { connectedParties, isBounded } from '../../core/ocpi/partner/connected-to.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { askedParties } from './asked-parties.ts';
import type { OcpiCaller } from './ocpi-caller.ts';

/** Says which parties' objects a caller reads: of those that it asks for, all of parties of ours that it is connected to. */
export async function shownParties(caller: OcpiCaller): Promise<(owner: Party) => boolean> {
  const { database, partner } = caller;
  const isAsked = askedParties(caller);
  if (!isBounded(partner)) return isAsked;
  const connected = connectedParties(partner, await readOurParties(database, partner.operatorId));
  return (owner) => isAsked(owner) && connected.some((one) => sameParty(one, owner));
}
