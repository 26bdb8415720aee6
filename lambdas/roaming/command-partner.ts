import { joinUrl } from '../../core/ocpi/envelope/join-url.ts';
import { treeFor } from '../../core/ocpi/hub/deployment-hub.ts';
import { hubTrouble, troubleText } from '../../core/ocpi/hub/hub-trouble.ts';
import { requestRouting } from '../../core/ocpi/hub/routing-headers.ts';
import type { CommandResponse } from '../../core/ocpi/model/command.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import { receiverEndpoint } from '../../core/ocpi/partner/receiver-endpoint.ts';
import {
  afterFailure,
  afterResponse,
  isAboutProfile,
  type RoamingCommand,
  type RoamingCommandType,
} from '../../core/ocpi/received/roaming-command.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { writeRoamingCommand } from '../store/received/roaming-commands.ts';
import type { Database } from '../store/table/client.ts';
import { callPartner } from './call-partner.ts';
import { changeCommand } from './receive/change-command.ts';
import type { RoamingServices } from './roaming-services.ts';
import { tokensFor } from './tokens-for.ts';
import { writtenCommand } from './written-command.ts';

/** A command that is to be given to a partner. */
export type NewCommand = {
  readonly partner: Partner & { readonly registration: PartnerRegistration };
  /** The party of the partner that it is for, and the one of ours that it is from. */
  readonly receiver: Party;
  readonly us: OurParty;
  readonly command: RoamingCommand;
  /** The driver's, for a start and a reservation. */
  readonly token?: PartnerToken;
};

/** The module of a partner that takes a command. */
const moduleOf = (command: Pick<RoamingCommand, 'type'>) =>
  isAboutProfile(command) ? ('chargingprofiles' as const) : ('commands' as const);

/**
 * The address at which a partner takes a command; undefined where it does not: it has no such module, or its version no such
 * command.
 */
export function commandUrl(
  registration: PartnerRegistration,
  type: RoamingCommandType,
): string | undefined {
  const isNew = type === 'cancel-reservation' || isAboutProfile({ type });
  const isUnsayable = registration.version === '2.1.1' && isNew;
  return isUnsayable ? undefined : receiverEndpoint(registration, moduleOf({ type }));
}

/** Reads the partner's word at once; that of charging profiles has no text. */
function responseIn(
  version: OcpiVersion,
  command: RoamingCommand,
  data: JsonLiteral,
): CommandResponse | undefined {
  const { commandResponse, chargingProfileResponse } = allTranslators[version];
  const context = { owner: { countryCode: '', partyId: '' } };
  const read = isAboutProfile(command)
    ? chargingProfileResponse?.from(data, context)
    : commandResponse?.from(data, context);
  return read?.kind === 'received' ? { message: [], ...read.value } : undefined;
}

async function call(
  services: RoamingServices,
  asked: NewCommand,
  url: string,
  change: (to: (command: RoamingCommand) => RoamingCommand) => Promise<RoamingCommand>,
): Promise<RoamingCommand> {
  const { partner, receiver, us, command, token } = asked;
  const { version } = partner.registration;
  const module = moduleOf(command);
  const tree = [...treeFor(partner, 'EMSP'), version, module, command.commandId];
  const responseUrl = joinUrl(services.ocpiUrl, tree);
  const now = () => new Date(services.now()).toISOString();
  const fail = async (why: string) => await change((current) => afterFailure(current, why, now()));
  const written = writtenCommand({ command, version, owner: us, url, responseUrl, token });
  if (written.kind === 'unsayable') return await fail(written.reason);
  const called = await callPartner(services, {
    ...written,
    ...(await tokensFor(services, partner, partner.registration)),
    routing: version === '2.1.1' ? {} : requestRouting(module, us, { kind: 'party', receiver }),
  });
  if (called.kind === 'unauthorized') return await fail('The partner does not know our token.');
  if (called.kind !== 'success') {
    const trouble = called.kind === 'refused' ? hubTrouble(called.statusCode) : undefined;
    return await fail(
      trouble === undefined ? called.message : `${troubleText(trouble)} ${called.message}`,
    );
  }
  const response = responseIn(version, command, called.data ?? null);
  return response === undefined
    ? await fail('The answer of the partner cannot be read.')
    : await change((current) => afterResponse(current, response, now()));
}

/**
 * Gives a command to a partner. It is kept before, because its result may come before the partner's answer; gives it as it is when the
 * partner answered.
 */
export async function commandPartner(
  database: Database,
  services: RoamingServices,
  asked: NewCommand,
  url: string,
): Promise<RoamingCommand> {
  const { command } = asked;
  await writeRoamingCommand(database, undefined, command);
  return await call(services, asked, url, async (to) => {
    const { operatorId, commandId } = command;
    return (await changeCommand(database, operatorId, commandId, to)) ?? command;
  });
}
