import type { CommandOf } from '../../../command/command-request.ts';
import { validateGetLocalListVersionRequest } from '../../generated/v16/get-local-list-version-request.js';
import { validateGetLocalListVersionResponse } from '../../generated/v16/get-local-list-version-response.js';
import { exchange } from './exchange.ts';

/** GetLocalListVersion of OCPP 1.6, sections 6.25 and 6.26; -1 says that the charger keeps no list. */
export const getLocalListVersion = exchange(
  'GetLocalListVersion',
  validateGetLocalListVersionRequest,
  validateGetLocalListVersionResponse,
  (_request: CommandOf<'local-list-version'>) => ({}),
  ({ listVersion: version }) =>
    version === -1
      ? { kind: 'rejected', reason: 'not-supported', word: '-1' }
      : { kind: 'accepted', data: { kind: 'local-list-version', version } },
);
