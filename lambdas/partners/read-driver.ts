import { isConnectedTo } from '../../core/ocpi/partner/connected-to.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import type { SharedDriver } from '../../core/ocpi/publish/shared-session.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { SharedSession } from '../roaming/shared-object.ts';
import { sharedScope } from '../roaming/shared-scope.ts';
import { type RoamingToken, readRoamingToken } from '../store/partners/partner-tokens.ts';
import { readPartner } from '../store/partners/partners.ts';
import { readPublication } from '../store/partners/publications.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { readSessionParty } from './session-party.ts';

/** The driver of a session, and the partner whose driver it is. */
export type RoamingDriver = { readonly partner: Partner; readonly driver: SharedDriver };

/** How a driver was let in: by a command of the partner, because the partner was asked, or because its token was pushed. */
const authorizedBy = (
  { commanded }: RoamingToken,
  startedAt: string,
): Pick<SharedDriver, 'authMethod' | 'authorizationReference'> => {
  if (commanded === undefined || startedAt > commanded.until) return { authMethod: 'WHITELIST' };
  const { authorizationReference, isAsked } = commanded;
  const authMethod = isAsked ? 'AUTH_REQUEST' : 'COMMAND';
  return omitUndefined({ authMethod, authorizationReference });
};

/** The driver of a session as its partner saw it first: what the session came to is owed, and what was billed of it may have to be taken back. */
async function seenDriver(
  database: Database,
  partner: Partner,
  { session: { operatorId, sessionId } }: StoredSession,
): Promise<RoamingDriver | undefined> {
  const scope = sharedScope(partner.partnerId, undefined);
  const list = { operatorId, scope, module: 'sessions' } as const;
  const seen = await readPublication<SharedSession>(database, list, sessionId);
  return seen && { partner, driver: seen.object.driver };
}

/**
 * Finds whose driver a session is of, by the token that it started with; undefined for one of the operator's own, and for one of a partner that
 * is not connected to the party of its place, and did not see it while it was.
 */
export async function readDriver(
  database: Database,
  parties: readonly OurParty[],
  stored: StoredSession,
): Promise<RoamingDriver | undefined> {
  const { operatorId, start } = stored.session;
  if (start === undefined || start.tokenId === '') return undefined;
  const held = await readRoamingToken(database, operatorId, start.tokenId);
  if (held === undefined) return undefined;
  const partner = await readPartner(database, operatorId, held.partnerId);
  if (partner === undefined || !partner.ourRoles.includes('CPO')) return undefined;
  const party = await readSessionParty(database, parties, stored);
  if (party === undefined || !isConnectedTo(partner, parties, party)) {
    return await seenDriver(database, partner, stored);
  }
  const { countryCode, partyId } = party;
  const { token } = held;
  return {
    partner,
    driver: {
      party: { countryCode, partyId },
      token: {
        countryCode: token.countryCode,
        partyId: token.partyId,
        uid: token.uid,
        type: token.type,
        contractId: token.contractId,
      },
      ...authorizedBy(held, start.receivedAt),
    },
  };
}
