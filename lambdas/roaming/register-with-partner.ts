import {
  keptToken,
  requestWithToken,
  withdrawToken,
} from '../../core/ocpi/handshake/accepted-tokens.ts';
import type { HandshakeStart } from '../../core/ocpi/handshake/handshake.ts';
import { startEncoding } from '../../core/ocpi/handshake/start-encoding.ts';
import { hubInCredentials } from '../../core/ocpi/hub/hub-of.ts';
import type { Credentials } from '../../core/ocpi/model/credentials.ts';
import { ourCredentials } from '../../core/ocpi/partner/our-credentials.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import { secretHash } from '../runtime/secrets.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { changePartner, type PartnerChange, readPartner } from '../store/partners/partners.ts';
import type { Database } from '../store/table/client.ts';
import { newPartnerToken } from './new-partner-token.ts';
import { type RoamingServices, versionsUrlOf } from './roaming-services.ts';
import { type HandshakeEnd, runHandshake } from './run-handshake.ts';
import { sealToken } from './sealed-token.ts';

/** The database and the way to partners. */
export type Registering = { readonly database: Database; readonly services: RoamingServices };

/** The parts that are written in one transaction with a change of a partner, by the partner as it is then. */
export type TogetherWith = (partner: Partner) => Parameters<typeof changePartner>[3];

/** Changes of a partner meet those that its own calls make: how often at most. */
const mostMeetings = 5;

/** Changes a partner although its own calls change it at the same time; undefined where it was deleted. */
export async function changeDespiteCalls(
  database: Database,
  partner: Partner,
  changeOf: (partner: Partner) => PartnerChange,
  more: TogetherWith = () => [],
): Promise<Partner | undefined> {
  let current: Partner | undefined = partner;
  for (let n = 0; n < mostMeetings && current !== undefined; n += 1) {
    const change = changeOf(current);
    const parts = more({ ...current, ...change } as Partner);
    const changed = await changePartner(database, current, change, parts);
    if (changed !== 'changed') return changed;
    current = await readPartner(database, partner.operatorId, partner.partnerId);
  }
  if (current === undefined) return undefined;
  throw new ConcurrentUpdateError('The partner kept being changed');
}

/** A registration as it is kept, the partner's token encrypted. */
export async function registrationOf(
  { keyOf, now }: RoamingServices,
  partner: Partner,
  { registration }: Extract<HandshakeEnd, { readonly kind: 'registered' }>,
  theirs: Pick<Credentials, 'roles' | 'hubPartyId'> = { roles: [] },
): Promise<PartnerRegistration> {
  const { version, encoding, versionsUrl, endpoints, token } = registration;
  const hub = hubInCredentials(theirs);
  return {
    version,
    encoding,
    versionsUrl,
    endpoints,
    roles: theirs.roles,
    ...(hub === undefined ? {} : { hub }),
    sealedToken: sealToken(await keyOf(partner), token),
    registeredAt: new Date(now()).toISOString(),
  };
}

/**
 * Registers with a partner, or again where it is registered: the token that we offer works from before the handshake on, since
 * the partner reads our endpoints with it before it answers, and the ones before work until it was used after that.
 */
export async function registerWithPartner(
  { database, services }: Registering,
  partner: Partner,
  { versionsUrl, token }: Pick<HandshakeStart, 'versionsUrl' | 'token'>,
  purpose: HandshakeStart['purpose'],
  more?: TogetherWith,
): Promise<
  | { readonly kind: 'registered'; readonly partner: Partner }
  | Extract<HandshakeEnd, { readonly kind: 'failed' }>
> {
  const ourToken = newPartnerToken();
  const offered = await changeDespiteCalls(database, partner, ({ accepted }) => ({
    accepted: requestWithToken(accepted, secretHash(ourToken)),
  }));
  if (offered === undefined) throw new ConcurrentUpdateError('The partner was deleted');
  const { operatorId, versions, quirks } = offered;
  const parties = await readOurParties(database, operatorId);
  const encoding = startEncoding(versions, quirks);
  const end = await runHandshake(services, {
    direction: 'send',
    purpose,
    versionsUrl,
    token,
    ...(encoding === undefined ? {} : { encoding }),
    versions,
    neededModules: [],
    ours: ourCredentials(parties, offered, ourToken, versionsUrlOf(services)),
  });
  if (end.kind === 'failed') {
    if (end.step !== 'credentials') {
      await changeDespiteCalls(database, offered, ({ accepted }) => ({
        accepted: withdrawToken(accepted, secretHash(ourToken)),
      }));
    }
    return end;
  }
  const registration = await registrationOf(services, offered, end, end.registration.theirs);
  const changeOf = ({ accepted }: Partner): PartnerChange => ({
    registration,
    updatedAt: registration.registeredAt,
    accepted: keptToken(accepted, secretHash(ourToken)),
  });
  const registered = await changeDespiteCalls(database, offered, changeOf, more);
  if (registered === undefined) throw new ConcurrentUpdateError('The partner was deleted');
  return { kind: 'registered', partner: registered };
}
