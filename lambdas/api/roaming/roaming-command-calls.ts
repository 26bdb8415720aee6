import type * as z from 'zod';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { connectedParties } from '../../../core/ocpi/partner/connected-to.ts';
import { partyFor } from '../../../core/ocpi/partner/party-for.ts';
import { partnerToken } from '../../../core/ocpi/publish/partner-token.ts';
import type { RoamingCommand } from '../../../core/ocpi/received/roaming-command.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, refused } from '../../http/answer.ts';
import { clientRefusal } from '../../roaming/client-refusal.ts';
import { commandPartner, commandUrl } from '../../roaming/command-partner.ts';
import { newId } from '../../runtime/new-id.ts';
import type { StoredToken } from '../../store/operators/tokens.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import { readPartner } from '../../store/partners/partners.ts';
import { readOwnToken } from '../../store/received/own-token.ts';
import { readHeldLocation } from '../../store/received/read-received-location.ts';
import { readHeldSession } from '../../store/received/received-sessions.ts';
import { readRoamingCommand } from '../../store/received/roaming-commands.ts';
import type { Caller } from '../api-route.ts';
import { newReservationId } from './new-reservation-id.ts';
import { profileOf } from './partner-profile.ts';
import { type RoamingCommandForm, roamingCommandView } from './roaming-command-view.ts';

type Form = z.output<typeof RoamingCommandForm>;

/** The thing that a command is about, at which party of which partner. */
type Subject = {
  readonly partnerId: string;
  readonly receiver: Party;
  readonly facts: Pick<
    RoamingCommand,
    | 'locationId'
    | 'evseUid'
    | 'connectorId'
    | 'sessionId'
    | 'tokenId'
    | 'reservationId'
    | 'reservedUntil'
    | 'reservedBy'
    | 'profile'
    | 'durationSeconds'
  >;
};

type OfSession = Extract<Form, { readonly roamingSessionId: string }>;

type OfPlace = Extract<Form, { readonly roamingLocationId: string }>;

/** The facts of a command about a session, beside the session. */
function factsOf(form: OfSession): Subject['facts'] {
  switch (form.type) {
    case 'set-charging-profile':
      return { profile: profileOf(form.profile) };
    case 'composite-schedule':
      return { durationSeconds: form.durationSeconds };
    default:
      return {};
  }
}

async function sessionOf({ database, operatorId }: Caller, form: OfSession) {
  const isId = form.roamingSessionId.startsWith('rse_');
  const held = isId && (await readHeldSession(database, operatorId, form.roamingSessionId));
  if (!held) return refused('SESSION_NOT_FOUND' as const);
  const { from, session } = held;
  const facts = { sessionId: session.id, tokenId: session.cdrToken.uid, ...factsOf(form) };
  return { kind: 'subject', partnerId: from.partnerId, receiver: from.owner, facts } as const;
}

async function locationOf({ database, operatorId }: Caller, form: OfPlace) {
  const { roamingLocationId, evseUid } = form;
  const isId = roamingLocationId.startsWith('rlo_');
  const held = isId && (await readHeldLocation(database, operatorId, roamingLocationId));
  if (!held) return refused('LOCATION_NOT_FOUND' as const);
  const facts = omitUndefined({
    locationId: held.head.id,
    evseUid,
    connectorId: form.type === 'reserve' ? undefined : form.connectorId,
    tokenId: form.type === 'unlock' ? undefined : form.tokenId,
    ...(form.type === 'reserve'
      ? { reservedUntil: form.expiresAt, reservationId: newReservationId() }
      : {}),
  });
  const { partnerId, owner } = held.from;
  return { kind: 'subject', partnerId, receiver: owner, facts } as const;
}

async function reservationOf(
  { database, operatorId }: Caller,
  { roamingCommandId }: Extract<Form, { readonly type: 'cancel-reservation' }>,
) {
  const isId = roamingCommandId.startsWith('rco_');
  const kept = isId && (await readRoamingCommand(database, operatorId, roamingCommandId));
  if (!kept) return refused('COMMAND_NOT_FOUND' as const);
  if (kept.command.type !== 'reserve') return refused('COMMAND_NOT_FOUND' as const);
  const { partnerId, receiver = { countryCode: '', partyId: '' }, locationId } = kept.command;
  const { reservationId, tokenId } = kept.command;
  const facts = omitUndefined({ reservationId, locationId, tokenId, reservedBy: roamingCommandId });
  return { kind: 'subject', partnerId, receiver, facts } as const;
}

async function subjectOf(caller: Caller, form: Form) {
  if (form.type === 'cancel-reservation') return await reservationOf(caller, form);
  return 'roamingSessionId' in form
    ? await sessionOf(caller, form)
    : await locationOf(caller, form);
}

/** A result may come as late, ms, where the partner does not say more. */
const usualPatience = 60_000;

/** Commands that name the token of their driver. */
const startsForDriver = (type: Form['type']): boolean => type === 'start' || type === 'reserve';

async function send(
  caller: Caller,
  type: Form['type'],
  { partnerId, receiver, facts }: Subject,
  driver: StoredToken | undefined,
) {
  const { database, operatorId, now } = caller;
  const partner = await readPartner(database, operatorId, partnerId);
  const registration = partner?.registration;
  if (partner === undefined || registration === undefined || partner.suspendedAt !== undefined) {
    return refused('PARTNER_NOT_REGISTERED' as const);
  }
  const url = commandUrl(registration, type);
  const parties = await readOurParties(database, operatorId);
  const connected = connectedParties(partner, parties);
  const party = startsForDriver(type) ? partyFor(parties, 'EMSP', driver?.party) : driver?.party;
  const us = partyFor(connected, 'EMSP', party);
  if (url === undefined || us === undefined) return refused('PARTNER_TAKES_NO_COMMANDS' as const);
  const unreachable = await clientRefusal(database, partner, receiver, 'CPO');
  if (unreachable !== undefined) {
    return refused('PARTNER_PARTY_NOT_CONNECTED' as const, [{ path: '', message: unreachable }]);
  }
  const command: RoamingCommand = {
    commandId: newId('rco'),
    operatorId,
    partnerId,
    type,
    state: 'sent',
    receiver,
    ...facts,
    createdAt: now,
    expiresAt: new Date(Date.parse(now) + usualPatience).toISOString(),
  };
  const asked = omitUndefined({
    partner: { ...partner, registration },
    receiver,
    us,
    command,
    token: driver && startsForDriver(type) ? partnerToken(us, driver, now) : undefined,
  });
  const sent = await commandPartner(database, await caller.roaming(), asked, url);
  return done(roamingCommandView(sent, now));
}

/** Gives a command to a partner, and shows it as it is when the partner answered. */
export async function sendCommandCall(caller: Caller, form: Form) {
  const subject = await subjectOf(caller, form);
  if (subject.kind === 'refused') return subject;
  const { tokenId } = subject.facts;
  // The party of ours that a command is from is that of its driver.
  const driver =
    tokenId === undefined
      ? undefined
      : await readOwnToken(caller.database, caller.operatorId, tokenId);
  if (driver === undefined && startsForDriver(form.type)) return refused('TOKEN_NOT_FOUND');
  return await send(caller, form.type, subject, driver);
}

/** Shows a command to a partner. */
export async function readCommandCall({ database, operatorId, now }: Caller, commandId: string) {
  const kept = commandId.startsWith('rco_')
    ? await readRoamingCommand(database, operatorId, commandId)
    : undefined;
  return kept === undefined
    ? refused('COMMAND_NOT_FOUND' as const)
    : done(roamingCommandView(kept.command, now));
}
