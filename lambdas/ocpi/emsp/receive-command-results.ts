import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import {
  afterCancellation,
  afterResult,
  isAboutProfile,
  type OutcomeOfCommand,
  type RoamingCommand,
} from '../../../core/ocpi/received/roaming-command.ts';
import { changeCommand } from '../../roaming/receive/change-command.ts';
import { readRoamingCommand } from '../../store/received/roaming-commands.ts';
import { isStranger, type OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { notFound, repairedBody } from './pushed-place.ts';

const owner = { countryCode: '', partyId: '' };

/** Reads the result of a command; that of a charging profile has no text, and may have the profile of the session. */
function resultIn(
  caller: OcpiCaller,
  { version }: ModulePlace,
  request: OcpiRequest,
  command: RoamingCommand,
) {
  const { commandResult, chargingProfileResult } = allTranslators[version];
  const document = repairedBody(caller, request);
  return isAboutProfile(command)
    ? chargingProfileResult?.from(document, { owner })
    : commandResult?.from(document, { owner });
}

/** Keeps the result of a command, and that a reservation is over which it took back. */
async function keepResult(
  { database, partner: { operatorId } }: OcpiCaller,
  { commandId }: RoamingCommand,
  result: OutcomeOfCommand,
  now: string,
): Promise<void> {
  const after = await changeCommand(database, operatorId, commandId, (command) =>
    afterResult(command, result, now),
  );
  if (after?.reservedBy === undefined || after.state !== 'accepted') return;
  await changeCommand(database, operatorId, after.reservedBy, (reserved) =>
    afterCancellation(reserved, now),
  );
}

/** Answers a partner that sends the result of a command, or of a request for a charging profile, which we gave it. */
export async function receiveCommandResults(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const [commandId = '', ...more] = place.rest;
  if (request.method !== 'POST' || more.length > 0) return notFound;
  const { database, partner, services } = caller;
  const kept = commandId.startsWith('rco_')
    ? await readRoamingCommand(database, partner.operatorId, commandId)
    : undefined;
  if (kept === undefined || kept.command.partnerId !== partner.partnerId) return notFound;
  const { receiver } = kept.command;
  if (receiver && isStranger(caller, receiver)) return notFound;
  const isOfModule = isAboutProfile(kept.command) === (place.module === 'chargingprofiles');
  if (!isOfModule) return notFound;
  const read = resultIn(caller, place, request, kept.command);
  if (read?.kind !== 'received') return { kind: 'invalid', problems: read?.problems ?? [] };
  const now = new Date(services.now()).toISOString();
  await keepResult(caller, kept.command, { message: [], ...read.value }, now);
  return { kind: 'ok' };
}
