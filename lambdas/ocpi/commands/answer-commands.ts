import { tooLong } from '../../../core/ocpi/codec/too-long.ts';
import type { Pair } from '../../../core/ocpi/codec/translation.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { ReserveNow, StartSession } from '../../../core/ocpi/model/command.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { sameParty } from '../../../core/ocpi/model/same-party.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { repairDocument } from '../../../core/ocpi/quirks/repair-document.ts';
import type { OcpiVersion, PartnerObjects } from '../../../core/ocpi/translators.ts';
import { urlProblem } from '../../outbound/check-url.ts';
import { hubAddress } from '../../outbound/hub-address.ts';
import { allowLoopback } from '../../outbound/loopback-option.ts';
import { speaksFor } from '../../roaming/speaks-for.ts';
import { invalidAt } from '../invalid-at.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { sent } from '../sent.ts';
import { type Ordered, orderReservation, orderStart } from './order-charging.ts';
import { secondsToWait } from './order-command.ts';
import { orderCancellation, orderStop, orderUnlock } from './order-upkeep.ts';

type Kind = 'startSession' | 'stopSession' | 'reserveNow' | 'cancelReservation' | 'unlockConnector';

type Order<Asked> = (caller: OcpiCaller, asked: Asked) => Promise<Ordered>;

/** The token of a command has to be one of the caller's drivers; behind a hub, of the party that asks. */
async function isForeign(
  { database, partner, asking }: OcpiCaller,
  asked: object,
): Promise<boolean> {
  if (!('token' in asked)) return false;
  const { token } = asked as StartSession | ReserveNow;
  if (asking !== undefined && !sameParty(asking, token)) return true;
  return !(await speaksFor(database, partner, token, 'EMSP'));
}

function responseOf(
  ordered: Exclude<Ordered, 'unknown-location'>,
  version: OcpiVersion,
): OcpiOutcome {
  const pair = allTranslators[version].commandResponse;
  if (pair === undefined) throw new Error(`${version} has responses to commands`);
  const response =
    ordered === 'ordered'
      ? { result: 'ACCEPTED', timeout: secondsToWait, message: [] }
      : {
          result: ordered.result,
          timeout: 0,
          message: [{ language: 'en', text: ordered.message }],
        };
  const owner = { countryCode: '', partyId: '' };
  return { kind: 'ok', data: sent(pair.to(response, { owner })) };
}

async function take<Asked extends { readonly responseUrl: string }>(
  caller: OcpiCaller,
  version: OcpiVersion,
  pair: Pair<Asked>,
  order: Order<Asked>,
  { body }: OcpiRequest,
): Promise<OcpiOutcome> {
  const { partner, services } = caller;
  const receivedAt = new Date(services.now()).toISOString();
  const { document } = repairDocument(body ?? null, partner.quirks, { receivedAt });
  // 2.1.1 does not say whose the token is: the connection is of one party.
  const owner: Party = partner.registration?.roles[0] ?? { countryCode: '', partyId: '' };
  const read = pair.from(document, { owner });
  if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
  const asked = read.value;
  if (urlProblem(asked.responseUrl, allowLoopback, hubAddress) !== undefined) {
    return invalidAt('response_url', 'This has to be an https URL of a public address.');
  }
  if (await isForeign(caller, asked)) return invalidAt('token', 'This is not a token of yours.');
  const problems = tooLong(asked, '');
  if (problems.length > 0) return { kind: 'invalid', problems };
  const ordered = await order(caller, asked);
  return ordered === 'unknown-location'
    ? { kind: 'unknown-location' }
    : responseOf(ordered, version);
}

type Answer = (
  caller: OcpiCaller,
  version: OcpiVersion,
  request: OcpiRequest,
) => Promise<OcpiOutcome>;

/** How a kind of command is read, and who takes it; one that the version lacks is not found. */
const taken =
  <Name extends Kind>(kind: Name, order: Order<PartnerObjects[Name]>): Answer =>
  async (caller, version, request) => {
    const pair = allTranslators[version][kind] as Pair<PartnerObjects[Name]> | undefined;
    return pair === undefined
      ? { kind: 'object-not-found' }
      : await take<PartnerObjects[Name]>(caller, version, pair, order, request);
  };

const commands: Readonly<Record<string, Answer>> = {
  START_SESSION: taken('startSession', orderStart),
  STOP_SESSION: taken('stopSession', orderStop),
  RESERVE_NOW: taken('reserveNow', orderReservation),
  CANCEL_RESERVATION: taken('cancelReservation', orderCancellation),
  UNLOCK_CONNECTOR: taken('unlockConnector', orderUnlock),
};

/** Takes a command of a partner: the answer says whether it was taken, the result follows at the address that it names. */
export async function answerCommands(
  caller: OcpiCaller,
  { version, rest }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const [name = '', ...more] = rest;
  const known = name.toUpperCase();
  const answer = Object.hasOwn(commands, known) ? commands[known] : undefined;
  return request.method !== 'POST' || more.length > 0 || answer === undefined
    ? { kind: 'object-not-found' }
    : await answer(caller, version, request);
}
