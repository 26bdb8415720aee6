import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { readPushed } from '../../core/ocpi/partner/pushed-object.ts';
import { repairDocument } from '../../core/ocpi/quirks/repair-document.ts';
import { receiveClient } from '../roaming/receive/receive-client.ts';
import { readHubClients } from '../store/received/hub-clients.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { ClientsPlace } from './place.ts';
import { sent } from './sent.ts';

const notFound: OcpiOutcome = { kind: 'object-not-found' };

/** Answers a hub that says what the connection of a party behind it is, or reads that back. */
export async function answerClients(
  { database, partner, services }: OcpiCaller,
  { version, rest }: ClientsPlace,
  { method, body }: OcpiRequest,
): Promise<OcpiOutcome> {
  const { operatorId, partnerId, registration, quirks } = partner;
  const [countryCode, partyId, ...more] = rest;
  const pair = allTranslators[version].clientInfo;
  if (countryCode === undefined || partyId === undefined || more.length > 0) return notFound;
  if (registration === undefined || hubOf(registration) === undefined) return notFound;
  const owner = { countryCode, partyId };
  if (method === 'PUT') {
    const receivedAt = new Date(services.now()).toISOString();
    const { document } = repairDocument(body ?? null, quirks, { receivedAt });
    const named = { path: 'party_id', of: (client: typeof owner) => client.partyId };
    const read = readPushed(pair, { document, owner, id: partyId }, named);
    return read.kind === 'malformed'
      ? { kind: 'invalid', problems: read.problems }
      : await receiveClient(database, partner, read.value);
  }
  if (method !== 'GET') return notFound;
  const { clients } = await readHubClients(database, operatorId, partnerId, owner);
  const latest = clients.toSorted((a, b) => (a.lastUpdated < b.lastUpdated ? 1 : -1))[0];
  return latest === undefined || pair === undefined
    ? notFound
    : { kind: 'ok', data: sent(pair.to(latest, { owner })) };
}
