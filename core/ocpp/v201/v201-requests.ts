import { verbatimTypesOf21 } from '../../command/verbatim-type.ts';
import { lackingWriters, loadedRequests } from '../loaded-requests.ts';
import { ofReplies } from '../quirks/reply-tolerances.ts';
import type { LoadedRequests } from '../version.ts';
import { requestSchemas } from './request-schemas.ts';
import { requestsOf } from './requests-of.ts';

const name = 'OCPP 2.0.1';

const { exchanges, writers } = requestsOf({ name, tolerancesOf: () => ofReplies }, requestSchemas);

/** Writes requests of ours in OCPP 2.0.1, and reads what its chargers answer to them. */
export const requests: LoadedRequests = loadedRequests(name, exchanges, {
  ...lackingWriters(name, verbatimTypesOf21),
  ...writers,
});
