import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { afterResult } from '../../../core/ocpi/received/roaming-command.ts';
import { changeCommand } from '../../roaming/receive/change-command.ts';
import { readRoamingCommand } from '../../store/received/roaming-commands.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { notFound, repairedBody } from './pushed-place.ts';

/** Answers a partner that sends the result of a command which we gave it. */
export async function receiveCommandResults(
  caller: OcpiCaller,
  { rest, version }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const [commandId = '', ...more] = rest;
  if (request.method !== 'POST' || more.length > 0) return notFound;
  const { database, partner, services } = caller;
  const { operatorId, partnerId } = partner;
  const kept = commandId.startsWith('rco_')
    ? await readRoamingCommand(database, operatorId, commandId)
    : undefined;
  if (kept?.command.partnerId !== partnerId) return notFound;
  const owner = { countryCode: '', partyId: '' };
  const read = allTranslators[version].commandResult?.from(repairedBody(caller, request), {
    owner,
  });
  if (read?.kind !== 'received') return { kind: 'invalid', problems: read?.problems ?? [] };
  const now = new Date(services.now()).toISOString();
  await changeCommand(database, operatorId, commandId, (command) =>
    afterResult(command, read.value, now),
  );
  return { kind: 'ok' };
}
