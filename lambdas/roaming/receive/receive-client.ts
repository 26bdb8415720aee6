import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { withClient } from '../../../core/ocpi/hub/client-status.ts';
import { hubOf } from '../../../core/ocpi/hub/hub-of.ts';
import type { ClientInfo } from '../../../core/ocpi/model/client-info.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { readHubClients, writeHubClients } from '../../store/received/hub-clients.ts';
import type { Database } from '../../store/table/client.ts';
import { despiteOthers } from './receiving.ts';

/** Keeps what a hub says about a party behind it; no other platform may say anything about others. `receivedAt` is ISO 8601 in UTC. */
export async function receiveClient(
  database: Database,
  { operatorId, partnerId, registration }: Partner,
  client: ClientInfo,
  receivedAt: string,
): Promise<OcpiOutcome> {
  if (registration === undefined || hubOf(registration) === undefined) {
    return { kind: 'not-your-party' };
  }
  return await despiteOthers(async () => {
    const known = await readHubClients(database, operatorId, partnerId, client);
    const clients = withClient(known.clients, client, receivedAt);
    if (clients === undefined) return { kind: 'ok' };
    const written = await writeHubClients(database, operatorId, partnerId, { ...known, clients });
    if (written === 'changed') return 'changed';
    return { kind: known.revision === undefined ? 'created' : 'ok' };
  });
}
