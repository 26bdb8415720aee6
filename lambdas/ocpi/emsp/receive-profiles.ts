import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { changeCommand } from '../../roaming/receive/change-command.ts';
import { readProfileCommand } from '../../store/received/roaming-commands.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { notFound, repairedBody } from './pushed-place.ts';
import { receiveCommandResults } from './receive-command-results.ts';

/** Keeps the profile that a session is charged by now, with the command that set one last: before one did, none is sent. */
async function receiveActiveProfile(
  caller: OcpiCaller,
  { version, rest }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const [sessionId = ''] = rest;
  const { database, partner, asking } = caller;
  const commandId = await readProfileCommand(database, partner, sessionId, asking);
  if (commandId === undefined) return notFound;
  const owner = { countryCode: '', partyId: '' };
  const document = repairedBody(caller, request);
  const read = allTranslators[version].activeChargingProfile?.from(document, { owner });
  if (read?.kind !== 'received') return { kind: 'invalid', problems: read?.problems ?? [] };
  const { value: activeProfile } = read;
  const after = await changeCommand(database, partner.operatorId, commandId, (command) => ({
    ...command,
    activeProfile,
  }));
  return after === undefined ? notFound : { kind: 'ok' };
}

/** Answers a partner that sends the result of a request for a charging profile, or the profile that a session has now. */
export async function receiveProfiles(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  return request.method === 'PUT' && place.rest.length === 1
    ? await receiveActiveProfile(caller, place, request)
    : await receiveCommandResults(caller, place, request);
}
