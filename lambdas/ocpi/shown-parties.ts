import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { connectedParties, isBounded } from '../../core/ocpi/partner/connected-to.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { isElsewhere, type OcpiCaller } from './ocpi-caller.ts';

/**
 * Says which parties' objects a caller reads: those of all parties of ours that it is connected to, whichever one its request names, since
 * each object says whose it is; through a hub, which asks one party at a time, those of that party.
 */
export async function shownParties(caller: OcpiCaller): Promise<(owner: Party) => boolean> {
  const { database, partner } = caller;
  const { registration } = partner;
  const isThroughHub = registration !== undefined && hubOf(registration) !== undefined;
  const isAsked = (owner: Party): boolean => !(isThroughHub && isElsewhere(caller, owner));
  if (!isBounded(partner)) return isAsked;
  const connected = connectedParties(partner, await readOurParties(database, partner.operatorId));
  return (owner) => isAsked(owner) && connected.some((one) => sameParty(one, owner));
}
