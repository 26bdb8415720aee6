import type { CommandOf } from '../../../command/command-request.ts';
import type { GetLocalListVersionRequest } from '../../generated/v201/get-local-list-version-request.js';
import type { GetLocalListVersionResponse } from '../../generated/v201/get-local-list-version-response.js';
import { message } from './message.ts';

/** GetLocalListVersion (OCPP 2.0.1 part 2 section 1.29); 0 says that the charger has no list. */
export const getLocalListVersion = message<
  CommandOf<'local-list-version'>,
  GetLocalListVersionRequest,
  GetLocalListVersionResponse
>(
  () => ({}),
  ({ versionNumber: version }) => ({
    kind: 'accepted',
    data: { kind: 'local-list-version', version },
  }),
);
