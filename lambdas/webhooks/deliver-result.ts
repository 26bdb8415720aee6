import { hasEnded } from '../../core/command/command-state.ts';
import { resultOfCommand } from '../../core/ocpi/command/result-of-command.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { ResultMessage } from '../outbound/delivery-message.ts';
import { callPartner } from '../roaming/call-partner.ts';
import { clientRefusal } from '../roaming/client-refusal.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import { openToken } from '../roaming/sealed-token.ts';
import { logger } from '../runtime/logger.ts';
import { readCommand } from '../store/commands/commands.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { readPartner } from '../store/partners/partners.ts';
import type { Database } from '../store/table/client.ts';

/** The outcome for a result: the partner has it, could not be told, or is not to be told. */
export type ResultOutcome = 'delivered' | 'failed' | 'dropped';

/** Tells a partner the result of its command at the address that it gave; the text wants it to be tried once. */
export async function deliverResult(
  {
    database,
    services,
  }: { database: Database; services: Pick<RoamingServices, 'request' | 'keyOf'> },
  { operatorId, partnerId, chargerKey, sequence }: ResultMessage,
): Promise<ResultOutcome> {
  const command = await readCommand(database, chargerKey, sequence);
  const partner = await readPartner(database, operatorId, partnerId);
  const registration = partner?.registration;
  if (command?.orderedBy === undefined || !hasEnded(command.state)) return 'dropped';
  if (partner === undefined || registration === undefined) return 'dropped';
  if (partner.suspendedAt !== undefined || command.orderedBy.partnerId !== partnerId) {
    return 'dropped';
  }
  const { state, outcome, request } = command;
  const result = resultOfCommand(omitUndefined({ state, outcome, type: request.type }));
  const { version, encoding, roles, sealedToken } = registration;
  const { party } = command.orderedBy;
  if (party !== undefined && (await clientRefusal(database, partner, party, 'EMSP'))) {
    return 'dropped';
  }
  const owner = { countryCode: '', partyId: '' };
  const written = allTranslators[version].commandResult?.to(result, { owner });
  if (written?.kind !== 'translated') throw new Error('Every version has results of commands');
  const parties = await readOurParties(database, operatorId);
  const routing = {
    from: parties.find((party) => party.roles.includes('CPO')),
    to: party ?? roles.find(({ role = 'EMSP' }) => role.toUpperCase() === 'EMSP'),
  };
  const called = await callPartner(services, {
    method: 'POST',
    url: command.orderedBy.responseUrl,
    token: openToken(await services.keyOf(partner), sealedToken),
    encoding,
    body: written.object,
    routing: version === '2.1.1' ? {} : omitUndefined(routing),
  });
  if (called.kind === 'success') return 'delivered';
  logger.warn('A partner did not take the result of its command', { partnerId, kind: called.kind });
  return 'failed';
}
