import type { Translation } from '../../core/ocpi/codec/translation.ts';
import { joinUrl } from '../../core/ocpi/envelope/join-url.ts';
import { treeFor } from '../../core/ocpi/hub/deployment-hub.ts';
import { hubTrouble, troubleText } from '../../core/ocpi/hub/hub-trouble.ts';
import { requestRouting } from '../../core/ocpi/hub/routing-headers.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import {
  afterFailure,
  afterResponse,
  type RoamingCommand,
} from '../../core/ocpi/received/roaming-command.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { writeRoamingCommand } from '../store/received/roaming-commands.ts';
import type { Database } from '../store/table/client.ts';
import { callPartner } from './call-partner.ts';
import { changeCommand } from './receive/change-command.ts';
import type { RoamingServices } from './roaming-services.ts';
import { openToken } from './sealed-token.ts';

/** A command that is to be given to a partner. */
export type NewCommand = {
  readonly partner: Partner & { readonly registration: PartnerRegistration };
  /** The party of the partner that it is for, and the one of ours that it is from. */
  readonly receiver: Party;
  readonly us: OurParty;
  readonly command: RoamingCommand;
  /** The driver's, for a start. */
  readonly token?: PartnerToken;
};

const verbs = { start: 'START_SESSION', stop: 'STOP_SESSION' } as const;

/** The address of a partner's commands; 2.1.1 does not say which interface an address is. */
export const commandsUrl = ({ endpoints }: PartnerRegistration): string | undefined =>
  endpoints.find(
    ({ identifier, role }) =>
      identifier === 'commands' && (role === undefined || role.toUpperCase() === 'RECEIVER'),
  )?.url;

function written(
  { partner, us, command, token }: NewCommand,
  responseUrl: string,
): Translation | undefined {
  const { startSession, stopSession } = allTranslators[partner.registration.version];
  const context = { owner: us };
  const { locationId, evseUid, connectorId, sessionId } = command;
  if (command.type === 'stop') {
    return sessionId === undefined
      ? undefined
      : stopSession?.to({ responseUrl, sessionId }, context);
  }
  if (locationId === undefined || token === undefined) return undefined;
  const start = omitUndefined({ responseUrl, token, locationId, evseUid, connectorId });
  return startSession?.to(start, context);
}

async function call(
  services: RoamingServices,
  asked: NewCommand,
  url: string,
  change: (to: (command: RoamingCommand) => RoamingCommand) => Promise<RoamingCommand>,
): Promise<RoamingCommand> {
  const { partner, receiver, us, command } = asked;
  const { version, encoding, sealedToken } = partner.registration;
  const tree = [...treeFor(partner, 'EMSP'), version, 'commands', command.commandId];
  const body = written(asked, joinUrl(services.ocpiUrl, tree));
  const now = () => new Date(services.now()).toISOString();
  const fail = async (why: string) => await change((current) => afterFailure(current, why, now()));
  if (body?.kind !== 'translated') return await fail(body?.reason ?? 'It lacks what it is about.');
  const called = await callPartner(services, {
    method: 'POST',
    url: joinUrl(url, [verbs[command.type]]),
    token: openToken(await services.keyOf(partner), sealedToken),
    encoding,
    body: body.object,
    routing: version === '2.1.1' ? {} : requestRouting('commands', us, { kind: 'party', receiver }),
  });
  if (called.kind === 'unauthorized') return await fail('The partner does not know our token.');
  if (called.kind !== 'success') {
    const trouble = called.kind === 'refused' ? hubTrouble(called.statusCode) : undefined;
    return await fail(
      trouble === undefined ? called.message : `${troubleText(trouble)} ${called.message}`,
    );
  }
  const read = allTranslators[version].commandResponse?.from(called.data ?? null, { owner: us });
  return read?.kind === 'received'
    ? await change((current) => afterResponse(current, read.value, now()))
    : await fail('The answer of the partner cannot be read.');
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
