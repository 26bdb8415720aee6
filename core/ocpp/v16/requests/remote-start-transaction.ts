import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateRemoteStartTransactionRequest } from '../../generated/v16/remote-start-transaction-request.js';
import { validateRemoteStartTransactionResponse } from '../../generated/v16/remote-start-transaction-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { chargingProfile } from './charging-profile.ts';
import { optionalConnectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** RemoteStartTransaction of OCPP 1.6, sections 6.33 and 6.34. */
export const remoteStartTransaction = exchange(
  'RemoteStartTransaction',
  validateRemoteStartTransactionRequest,
  validateRemoteStartTransactionResponse,
  ({ tokenId, connector, profile }: CommandOf<'start'>) => {
    const connectorId = optionalConnectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    const written = profile === undefined ? undefined : chargingProfile(profile);
    if (written !== undefined && 'inexpressible' in written) return written;
    return omitUndefined({ idTag: tokenId, connectorId, chargingProfile: written });
  },
  (answer) => statusOutcome(answer),
);
