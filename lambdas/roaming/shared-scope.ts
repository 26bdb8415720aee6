import type { Party } from '../../core/ocpi/model/party.ts';

/** The scope of the list of what a partner sees of its drivers' sessions: all of it or, behind a hub, that of one party. */
export const sharedScope = (partnerId: string, party?: Party): string =>
  party === undefined
    ? partnerId
    : `${partnerId}~${party.countryCode}~${party.partyId}`.toUpperCase();
