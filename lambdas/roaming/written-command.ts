import type { Pair, Translation } from '../../core/ocpi/codec/translation.ts';
import { joinUrl } from '../../core/ocpi/envelope/join-url.ts';
import type { ReserveNow, StartSession, UnlockConnector } from '../../core/ocpi/model/command.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import type { RoamingCommand } from '../../core/ocpi/received/roaming-command.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';

/** A command as a request to a partner; `unsayable` with the reason where its version has no word for it. */
export type WrittenCommand =
  | {
      readonly kind: 'request';
      readonly method: 'POST' | 'PUT' | 'GET' | 'DELETE';
      readonly url: string;
      readonly body?: JsonLiteral;
    }
  | { readonly kind: 'unsayable'; readonly reason: string };

/** A command with all that its request needs: the partner's address of its module, ours for the result, and whose it is. */
export type CommandToWrite = {
  readonly command: RoamingCommand;
  readonly version: OcpiVersion;
  readonly owner: Party;
  readonly url: string;
  readonly responseUrl: string;
  /** The driver's, for a start and a reservation. */
  readonly token: PartnerToken | undefined;
};

const incomplete: WrittenCommand = { kind: 'unsayable', reason: 'It lacks what it is about.' };

const said = (
  method: 'POST' | 'PUT',
  url: string,
  body: Translation | undefined,
): WrittenCommand => {
  if (body === undefined) {
    return { kind: 'unsayable', reason: 'The version of the partner has no such command.' };
  }
  return body.kind === 'translated'
    ? { kind: 'request', method, url, body: body.object }
    : { kind: 'unsayable', reason: body.reason };
};

/** Sends an object to an address; nothing where a part of what the command is about is missing. */
const send = <T>(
  { owner }: CommandToWrite,
  [method, url]: readonly ['POST' | 'PUT', string],
  pair: Pair<T> | undefined,
  value: T | undefined,
): WrittenCommand =>
  value === undefined ? incomplete : said(method, url, pair?.to(value, { owner }));

function startOf({ command, responseUrl, token }: CommandToWrite): StartSession | undefined {
  const { locationId, evseUid, connectorId } = command;
  return locationId === undefined || token === undefined
    ? undefined
    : omitUndefined({ responseUrl, token, locationId, evseUid, connectorId });
}

function reserveOf(asked: CommandToWrite): ReserveNow | undefined {
  const { reservationId, reservedUntil } = asked.command;
  const { connectorId: _connectorId, ...place } = startOf(asked) ?? {};
  return reservationId === undefined || reservedUntil === undefined || !('token' in place)
    ? undefined
    : { ...place, reservationId, expiryDate: reservedUntil };
}

function unlockOf({ command, responseUrl }: CommandToWrite): UnlockConnector | undefined {
  const { locationId, evseUid, connectorId } = command;
  return locationId === undefined || evseUid === undefined || connectorId === undefined
    ? undefined
    : { responseUrl, locationId, evseUid, connectorId };
}

/** The address of a session's charging profile, with ours for the result. */
const profileUrl = ({ command, url, responseUrl }: CommandToWrite, query = ''): string =>
  `${joinUrl(url, [command.sessionId ?? ''])}?${query}response_url=${encodeURIComponent(responseUrl)}`;

/** The request by which a command is given to a partner. */
export function writtenCommand(asked: CommandToWrite): WrittenCommand {
  const { command, version, url, responseUrl } = asked;
  const { sessionId, reservationId, profile, durationSeconds = 0 } = command;
  const translators = allTranslators[version];
  const post = <T>(verb: string, pair: Pair<T> | undefined, value: T | undefined) =>
    send(asked, ['POST', joinUrl(url, [verb])], pair, value);
  switch (command.type) {
    case 'start':
      return post('START_SESSION', translators.startSession, startOf(asked));
    case 'stop': {
      const stop = sessionId === undefined ? undefined : { responseUrl, sessionId };
      return post('STOP_SESSION', translators.stopSession, stop);
    }
    case 'reserve':
      return post('RESERVE_NOW', translators.reserveNow, reserveOf(asked));
    case 'cancel-reservation': {
      const cancel = reservationId === undefined ? undefined : { responseUrl, reservationId };
      return post('CANCEL_RESERVATION', translators.cancelReservation, cancel);
    }
    case 'unlock':
      return post('UNLOCK_CONNECTOR', translators.unlockConnector, unlockOf(asked));
    case 'set-charging-profile': {
      const set = profile && { chargingProfile: profile, responseUrl };
      const at = ['PUT', joinUrl(url, [sessionId ?? ''])] as const;
      return send(asked, at, translators.setChargingProfile, set);
    }
    case 'clear-charging-profile':
      return { kind: 'request', method: 'DELETE', url: profileUrl(asked) };
    case 'composite-schedule': {
      const at = profileUrl(asked, `duration=${durationSeconds}&`);
      return { kind: 'request', method: 'GET', url: at };
    }
    default:
      return command.type satisfies never;
  }
}
