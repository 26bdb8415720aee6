import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { isElsewhere, type OcpiCaller } from './ocpi-caller.ts';

/**
 * Says which parties' objects a caller asks for: those of all parties of ours, whichever one its request names, since each object says
 * whose it is; through a hub, which asks one party at a time, those of that party.
 */
export const askedParties = (caller: OcpiCaller): ((owner: Party) => boolean) => {
  const { registration } = caller.partner;
  const isThroughHub = registration !== undefined && hubOf(registration) !== undefined;
  return (owner) => !(isThroughHub && isElsewhere(caller, owner));
};
