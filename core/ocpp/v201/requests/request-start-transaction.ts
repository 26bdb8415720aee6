import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { RequestStartTransactionRequest } from '../../generated/v201/request-start-transaction-request.js';
import type { RequestStartTransactionResponse } from '../../generated/v201/request-start-transaction-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { chargingProfile } from './charging-profile.ts';
import { optionalEvseId } from './evse.ts';
import { idToken } from './id-token.ts';
import { message } from './message.ts';

/** RequestStartTransaction (OCPP 2.0.1 part 2 section 1.45); the charger names our number when it starts. */
export const requestStartTransaction = message<
  CommandOf<'start'>,
  RequestStartTransactionRequest,
  RequestStartTransactionResponse
>(
  ({ tokenId, connector, profile }, number) =>
    omitUndefined({
      idToken: idToken(tokenId),
      remoteStartId: number,
      evseId: optionalEvseId(connector),
      chargingProfile: profile === undefined ? undefined : chargingProfile(profile),
    }),
  ({ status, transactionId }) =>
    statusOutcome(
      { status },
      transactionId === undefined ? undefined : { kind: 'transaction', transactionId },
    ),
);
