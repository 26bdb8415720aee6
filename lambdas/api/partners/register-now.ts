import type { Partner, PartnerRegistration } from '../../../core/ocpi/partner/partner.ts';
import { type Refused, refused } from '../../http/answer.ts';
import { callPartner } from '../../roaming/call-partner.ts';
import { registerWithPartner, type TogetherWith } from '../../roaming/register-with-partner.ts';
import type { RoamingServices } from '../../roaming/roaming-services.ts';
import { tokensFor } from '../../roaming/tokens-for.ts';
import type { Caller } from '../api-route.ts';

/** A registration that is complete, or why there is none. */
type Registered =
  | { readonly kind: 'registered'; readonly partner: Partner }
  | Refused<'PARTNER_HANDSHAKE_FAILED' | 'PARTNER_UNREACHABLE'>;

async function handshake(
  caller: Caller,
  partner: Partner,
  at: { readonly versionsUrl: string; readonly token: string },
  purpose: 'register' | 'update',
  more?: TogetherWith,
): Promise<Registered> {
  const registering = { database: caller.database, services: await caller.roaming() };
  const end = await registerWithPartner(registering, partner, at, purpose, more);
  if (end.kind === 'registered') return end;
  const code = end.unreachable ? 'PARTNER_UNREACHABLE' : 'PARTNER_HANDSHAKE_FAILED';
  return refused(code, [{ path: end.step, message: end.message }]);
}

/** Registers at a partner by the address and the token that it gave. */
export const registerNow = async (
  caller: Caller,
  partner: Partner,
  at: { readonly versionsUrl: string; readonly token: string },
  more?: TogetherWith,
): Promise<Registered> => await handshake(caller, partner, at, 'register', more);

/** The token that a partner knows, plain: the one before where it refuses the last one, of which nobody knows whether our answer has arrived. */
async function knownToken(
  services: RoamingServices,
  partner: Partner,
  registration: PartnerRegistration,
): Promise<string> {
  const { tokenBefore, ...tokens } = await tokensFor(services, partner, registration);
  if (tokenBefore === undefined) return tokens.token;
  const { versionsUrl: url } = registration;
  const called = await callPartner(services, { method: 'GET', url, ...tokens });
  return called.kind === 'unauthorized' ? tokenBefore : tokens.token;
}

/** Replaces both tokens of a partner by registering again with the one that is valid. */
export async function rotateNow(
  caller: Caller,
  partner: Partner,
): Promise<Registered | Refused<'PARTNER_NOT_REGISTERED'>> {
  const { registration } = partner;
  if (registration === undefined) return refused('PARTNER_NOT_REGISTERED');
  const token = await knownToken(await caller.roaming(), partner, registration);
  const { versionsUrl } = registration;
  return await handshake(caller, partner, { versionsUrl, token }, 'update');
}

/** Asks a partner to end its registration; one that cannot be asked is deleted all the same. */
export async function unregisterNow(caller: Caller, partner: Partner): Promise<void> {
  const { registration } = partner;
  const url = registration?.endpoints.find(({ identifier }) => identifier === 'credentials')?.url;
  if (registration === undefined || url === undefined) return;
  const services = await caller.roaming();
  const tokens = await tokensFor(services, partner, registration);
  await callPartner(services, { method: 'DELETE', url, ...tokens });
}
