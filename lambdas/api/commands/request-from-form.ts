import { type ConnectorRef, wholeCharger } from '../../../core/charger/connector-ref.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import type { VerbatimType } from '../../../core/command/verbatim-type.ts';
import { connectorOfNumber, evseOfNumber } from '../../../core/ocpp/connector-of-number.ts';
import { numbersLogs, type Protocol } from '../../../core/ocpp/protocol.ts';
import { requestNumber } from '../../../core/ocpp/request-number.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Firmware } from '../../store/files/firmware.ts';
import type { CommandForm } from './command-form.ts';

/** The facts beside the form from which a request is made. */
export type Beside = {
  readonly protocol: Protocol;
  /** The place of the command among those of its charger. */
  readonly sequence: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** The transaction of the session that is to be stopped. */
  readonly transactionId?: string;
  /** The tariff of ours that it names. */
  readonly tariff?: Tariff;
  /** Where the charger leaves or finds a file of ours. */
  readonly url?: string;
  /** The id of a log that is left here. */
  readonly logId?: string;
  /** The firmware of ours that is meant. */
  readonly firmware?: Firmware;
};

type Place = { readonly evseId?: number | undefined; readonly connectorId?: number | undefined };

/** The connector that is meant: an EVSE that is named without its connector is meant as a whole. */
const connectorOf = (
  { evseId, connectorId }: Place,
  { protocol }: Beside,
): ConnectorRef | undefined => {
  if (evseId === undefined) {
    return connectorId === undefined ? undefined : connectorOfNumber(protocol, connectorId);
  }
  return connectorId === undefined ? evseOfNumber(protocol, evseId) : { evseId, connectorId };
};

type FormOf<Type extends CommandForm['type']> = Extract<CommandForm, { readonly type: Type }>;

const listedTokens = (tokens: FormOf<'local-list'>['tokens']) =>
  tokens?.map(({ tokenId, status, validUntil: expiryDate, parentTokenId }) =>
    status === undefined
      ? { tokenId }
      : { tokenId, authorization: omitUndefined({ status, expiryDate, parentTokenId }) },
  );

/** Asks for a log, which is left here unless the form names another place. */
function logRequest(form: FormOf<'get-logs'>, beside: Beside): CommandRequest {
  const { expiresInSeconds: _lifetime, ...fields } = form;
  const { url, logId, protocol, sequence } = beside;
  // Its number is what the charger reports by; 1.6 knows it only where the operator asks for it.
  const number = numbersLogs(protocol) ? requestNumber(sequence) : undefined;
  return omitUndefined({
    ...fields,
    url: form.url ?? url,
    logId,
    requestId: form.requestId ?? number,
  }) as CommandRequest;
}

/** Offers a firmware, of ours or at a URL; whoever registered one with its signature wants it to be checked. */
function firmwareRequest(form: FormOf<'update-firmware'>, beside: Beside): CommandRequest {
  const { expiresInSeconds: _lifetime, firmwareId: _ours, ...fields } = form;
  const { url, firmware, now, sequence } = beside;
  const signed = firmware?.signed && { ...firmware.signed, requestId: requestNumber(sequence) };
  return omitUndefined({
    ...fields,
    url: form.url ?? url,
    retrieveAt: form.retrieveAt ?? now,
    signed: form.signed ?? signed,
  }) as CommandRequest;
}

/** Makes the request of a command, in the vocabulary of all versions. */
export function requestFromForm(form: CommandForm, beside: Beside): CommandRequest {
  const { expiresInSeconds: _lifetime, ...fields } = form;
  const { evseId: _evse, connectorId: _connector, ...rest } = fields as Place & typeof fields;
  const connector = connectorOf(fields as Place, beside);
  const placed = (request: object): CommandRequest =>
    omitUndefined({ ...request, connector }) as CommandRequest;
  const { type } = form;
  switch (type) {
    case 'start':
    case 'availability':
    case 'trigger':
    case 'clear-charging-profile':
    case 'unlock':
      return placed(rest);
    case 'set-charging-profile':
    case 'composite-schedule':
      return omitUndefined({ ...rest, connector: connector ?? wholeCharger }) as CommandRequest;
    case 'reserve':
      return omitUndefined({
        ...rest,
        connector: connector ?? wholeCharger,
        reservationId: requestNumber(beside.sequence),
      }) as CommandRequest;
    case 'stop':
      return { type, transactionId: beside.transactionId ?? '' };
    case 'local-list':
      return omitUndefined({
        type,
        full: form.full,
        // Every list that we send is newer than the one before.
        version: form.version ?? Math.floor(Date.parse(beside.now) / 1000),
        tokens: listedTokens(form.tokens),
      }) as CommandRequest;
    case 'update-firmware':
      return firmwareRequest(form, beside);
    case 'get-logs':
      return logRequest(form, beside);
    case 'reset':
    case 'get-configuration':
    case 'set-configuration':
    case 'clear-cache':
    case 'local-list-version':
    case 'cancel-reservation':
    case 'data-transfer':
    case 'list-certificates':
    case 'install-certificate':
    case 'delete-certificate':
    case 'deliver-certificate':
      return omitUndefined(fields) as CommandRequest;
    default: {
      const { type: name, ...own } = fields as { readonly type: VerbatimType };
      const { tariff } = beside;
      if (tariff === undefined) return { type: name, fields: own } as CommandRequest;
      const { tariffId: _translated, ...others } = own as { readonly tariffId?: string };
      return { type: name, fields: others, tariff } as CommandRequest;
    }
  }
}
