import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { Authorization } from '../../answer.ts';
import type {
  IdTokenInfoType,
  SendLocalListRequest,
} from '../../generated/v201/send-local-list-request.js';
import type { SendLocalListResponse } from '../../generated/v201/send-local-list-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { idToken } from './id-token.ts';
import { message } from './message.ts';

const info = ({ status, expiryDate, parentTokenId }: Authorization): IdTokenInfoType =>
  omitUndefined({
    status,
    cacheExpiryDateTime: expiryDate,
    groupIdToken: parentTokenId === undefined ? undefined : idToken(parentTokenId),
  });

/** SendLocalList (OCPP 2.0.1 part 2 section 1.51); an empty list is left out, as the schema wants it. */
export const sendLocalList = message<
  CommandOf<'local-list'>,
  SendLocalListRequest,
  SendLocalListResponse
>(
  ({ version, full, tokens = [] }) => {
    const [first, ...others] = tokens.map(({ tokenId, authorization }) =>
      omitUndefined({
        idToken: idToken(tokenId),
        idTokenInfo: authorization === undefined ? undefined : info(authorization),
      }),
    );
    return omitUndefined({
      versionNumber: version,
      updateType: full ? 'Full' : 'Differential',
      localAuthorizationList: first === undefined ? undefined : [first, ...others],
    } as const) as SendLocalListRequest;
  },
  (answer) => statusOutcome(answer),
);
