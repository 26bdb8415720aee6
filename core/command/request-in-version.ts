import type { ConnectorRef } from '../charger/connector-ref.ts';
import { connectorOfNumber } from '../ocpp/connector-of-number.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import type { CommandOf, CommandRequest } from './command-request.ts';
import { holdsPassword, passwordKey } from './secret-settings.ts';

/** A request as it is meant in another version, or why there is none, in one clear sentence. */
export type RequestInVersion =
  | { readonly kind: 'meant'; readonly request: CommandRequest }
  | { readonly kind: 'meaningless'; readonly reason: string };

const meant = (request: CommandRequest): RequestInVersion => ({ kind: 'meant', request });

/** The first connector of an EVSE is the connector of that number in OCPP 1.6; others stay, and have none. */
const connectorIn = (to: Protocol, connector: ConnectorRef): ConnectorRef => {
  const { evseId, connectorId } = connector;
  if (to !== 'ocpp1.6') return connectorOfNumber(to, evseId);
  return connectorId > 1 ? connector : connectorOfNumber(to, evseId);
};

const withoutName = (keys: readonly string[]): RequestInVersion => ({
  kind: 'meaningless',
  reason: `${keys.join(', ')} names a setting of another OCPP version.`,
});

/** A request for a log has its number in OCPP 2; in OCPP 1.6 only where the operator gave it one, for the security extension. */
function logsIn(
  to: Protocol,
  { requestId, ...rest }: CommandOf<'get-logs'>,
  number: number,
): RequestInVersion {
  if (to !== 'ocpp1.6') return meant({ ...rest, requestId: requestId ?? number });
  const isOwn = requestId !== undefined && requestId !== number;
  return meant(isOwn ? { ...rest, requestId } : rest);
}

/**
 * A request that was made for a charger of one version, as it is meant for the same charger once it speaks another: connectors and the
 * password have other names there. A key of OCPP 1.6 means nothing in OCPP 2, nor the other way round. `number` is that of its message.
 */
export function requestInVersion(
  request: CommandRequest,
  from: Protocol,
  to: Protocol,
  number: number,
): RequestInVersion {
  // OCPP 2.0.1 and 2.1 name everything alike.
  if ((from === 'ocpp1.6') === (to === 'ocpp1.6')) return meant(request);
  switch (request.type) {
    case 'set-configuration':
      return holdsPassword(request.key)
        ? meant({ ...request, key: passwordKey(to) })
        : withoutName([request.key]);
    case 'get-configuration':
      return request.keys?.length ? withoutName(request.keys) : meant(request);
    case 'get-logs':
      return logsIn(to, request, number);
    default:
      return 'connector' in request && request.connector !== undefined
        ? meant({ ...request, connector: connectorIn(to, request.connector) })
        : meant(request);
  }
}
