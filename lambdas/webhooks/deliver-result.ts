import { hasEnded } from '../../core/command/command-state.ts';
import {
  cancelledReservation,
  resultOfCommand,
} from '../../core/ocpi/command/result-of-command.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { connectedParties } from '../../core/ocpi/partner/connected-to.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import { partyFor } from '../../core/ocpi/partner/party-for.ts';
import { isAboutProfiles, resultOfProfile } from '../../core/ocpi/profiles/result-of-profile.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { ResultMessage } from '../outbound/delivery-message.ts';
import { callPartner } from '../roaming/call-partner.ts';
import { clientRefusal } from '../roaming/client-refusal.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import { tokensFor } from '../roaming/tokens-for.ts';
import { type ToldResult, toldResult } from '../roaming/told-result.ts';
import { logger } from '../runtime/logger.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readCommand } from '../store/commands/commands.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { readPartner } from '../store/partners/partners.ts';
import { claimDrop } from '../store/partners/told-drops.ts';
import type { Database } from '../store/table/client.ts';

/** The outcome for a result: the partner has it, could not be told, or is not to be told. */
export type ResultOutcome = 'delivered' | 'failed' | 'dropped';

/** The result of a command in the words of a version. */
function writtenResult(
  { state, outcome, request: { type }, finishedAt, createdAt }: Command,
  version: OcpiVersion,
  { isOurs }: Pick<ToldResult, 'isOurs'>,
): JsonLiteral {
  const owner = { countryCode: '', partyId: '' };
  const { commandResult, chargingProfileResult } = allTranslators[version];
  const endedAt = finishedAt ?? createdAt;
  const result = isOurs
    ? cancelledReservation
    : resultOfCommand(omitUndefined({ state, outcome, type }));
  const written = isAboutProfiles(type)
    ? chargingProfileResult?.to(resultOfProfile(omitUndefined({ outcome, endedAt })), { owner })
    : commandResult?.to(result, { owner });
  if (written?.kind !== 'translated') throw new Error(`${version} has results of ${type}`);
  return written.object;
}

/** A partner that may be told something, and the party behind it that it is for. */
type Receiver = {
  readonly partner: Partner;
  readonly registration: PartnerRegistration;
  readonly party: Party | undefined;
};

/** The receiver of a result; undefined where nothing may be sent to it now. */
async function receiverOf(
  database: Database,
  operatorId: string,
  { partnerId, party }: ToldResult,
): Promise<Receiver | undefined> {
  const partner = await readPartner(database, operatorId, partnerId);
  const registration = partner?.registration;
  if (partner === undefined || registration === undefined) return undefined;
  if (partner.suspendedAt !== undefined) return undefined;
  const isRefused =
    party !== undefined && (await clientRefusal(database, partner, party, 'EMSP')) !== undefined;
  return isRefused ? undefined : { partner, registration, party };
}

/**
 * Tells a partner the result of its command, or that the charger dropped the reservation that it made, at the address that it gave; the
 * text wants it to be tried once.
 */
export async function deliverResult(
  {
    database,
    services,
  }: { database: Database; services: Pick<RoamingServices, 'request' | 'keyOf' | 'now'> },
  { operatorId, partnerId, chargerKey, sequence, isDropped }: ResultMessage,
): Promise<ResultOutcome> {
  const command = await readCommand(database, chargerKey, sequence);
  if (command === undefined || !hasEnded(command.state)) return 'dropped';
  const told = await toldResult(database, command, isDropped);
  if (told?.partnerId !== partnerId) return 'dropped';
  const receiver = await receiverOf(database, operatorId, told);
  if (receiver === undefined) return 'dropped';
  const drop = { operatorId, partnerId, chargerKey, sequence };
  if (isDropped && (await claimDrop(database, drop, services.now())) === 'before') return 'dropped';
  const { partner, registration, party } = receiver;
  const { version, roles } = registration;
  const parties = await readOurParties(database, operatorId);
  const routing = {
    from: told.us ?? partyFor(connectedParties(partner, parties), 'CPO', undefined),
    to: party ?? roles.find(({ role = 'EMSP' }) => role.toUpperCase() === 'EMSP'),
  };
  const called = await callPartner(services, {
    method: 'POST',
    url: told.responseUrl,
    ...(await tokensFor(services, partner, registration)),
    body: writtenResult(command, version, told),
    routing: version === '2.1.1' ? {} : omitUndefined(routing),
  });
  if (called.kind === 'success') return 'delivered';
  logger.warn('A partner did not take the result of its command', { partnerId, kind: called.kind });
  return 'failed';
}
