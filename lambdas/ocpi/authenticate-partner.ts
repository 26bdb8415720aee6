import { tokensOf } from '../../core/ocpi/envelope/authorization.ts';
import { useToken } from '../../core/ocpi/handshake/accepted-tokens.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { secretHash } from '../runtime/secrets.ts';
import { changePartner, type PartnerChange, partnerOfToken } from '../store/partners/partners.ts';
import type { Database } from '../store/table/client.ts';
import type { OcpiCaller, OcpiServices } from './ocpi-caller.ts';

/** The change where an answer of ours has arrived: the partner has ended the token that we called it with before. */
function withArrived({ registration }: Partner): PartnerChange {
  if (registration?.sealedBefore === undefined) return {};
  const { sealedBefore: _, ...arrived } = registration;
  return { registration: arrived };
}

/**
 * Finds the partner that calls a module by the header `Authorization`: what is written there is looked up as it is and decoded. The first
 * call with a new token ends the ones before it. Undefined for a token that nobody has, and while a partner is suspended.
 */
export async function authenticatePartner(
  database: Database,
  services: OcpiServices,
  authorization: string | undefined,
  module: string,
): Promise<OcpiCaller | undefined> {
  for (const token of tokensOf(authorization)) {
    const hash = secretHash(token);
    const partner = await partnerOfToken(database, hash);
    if (partner === undefined) continue;
    const use = useToken(partner.accepted, hash, module);
    if (use.kind === 'unknown' || partner.suspendedAt !== undefined) return undefined;
    const { as, tokens } = use;
    if (tokens === partner.accepted) return { database, services, partner, token, as };
    const changed = await changePartner(database, partner, {
      accepted: tokens,
      ...(hash === partner.accepted.next ? withArrived(partner) : {}),
    });
    // Somebody else changed it at this moment: its next call ends the tokens before.
    return { database, services, partner: changed === 'changed' ? partner : changed, token, as };
  }
  return undefined;
}
