import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateSendLocalListRequest } from '../../generated/v16/send-local-list-request.js';
import { validateSendLocalListResponse } from '../../generated/v16/send-local-list-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { idTagInfo } from '../authorize.ts';
import { exchange } from './exchange.ts';

/** SendLocalList of OCPP 1.6, sections 6.41 and 6.42. */
export const sendLocalList = exchange(
  'SendLocalList',
  validateSendLocalListRequest,
  validateSendLocalListResponse,
  ({ version, full, tokens }: CommandOf<'local-list'>) =>
    omitUndefined({
      listVersion: version,
      updateType: full ? 'Full' : 'Differential',
      localAuthorizationList: tokens?.map(({ tokenId, authorization }) =>
        authorization === undefined
          ? { idTag: tokenId }
          : { idTag: tokenId, idTagInfo: idTagInfo(authorization) },
      ),
    } as const),
  (answer) => statusOutcome(answer),
);
