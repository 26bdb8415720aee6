import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { readPushed } from '../../core/ocpi/partner/pushed-object.ts';
import { receiveClient } from '../roaming/receive/receive-client.ts';
import { readHubClients } from '../store/received/hub-clients.ts';
import { pushedDocument } from './emsp/pushed-place.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { ClientsPlace } from './place.ts';
import { sent } from './sent.ts';

const notFound: OcpiOutcome = { kind: 'object-not-found' };

/** Answers a hub that says what the connection of a party behind it is, or reads that back. */
export async function answerClients(
  caller: OcpiCaller,
  { version, rest }: ClientsPlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const { database, partner } = caller;
  const { method } = request;
  const { operatorId, partnerId, registration } = partner;
  const [countryCode, partyId, ...more] = rest;
  const pair = allTranslators[version].clientInfo;
  if (countryCode === undefined || partyId === undefined || more.length > 0) return notFound;
  if (registration === undefined || hubOf(registration) === undefined) return notFound;
  const owner = { countryCode, partyId };
  if (method === 'PUT') {
    const { document, receivedAt } = pushedDocument(caller, request);
    const named = { path: 'party_id', of: (client: typeof owner) => client.partyId };
    const read = readPushed(pair, { document, owner, id: partyId }, named);
    return read.kind === 'malformed'
      ? { kind: 'invalid', problems: read.problems }
      : await receiveClient(database, partner, read.value, receivedAt);
  }
  if (method !== 'GET') return notFound;
  const { clients } = await readHubClients(database, operatorId, partnerId, owner);
  const latest = clients.at(-1);
  return latest === undefined || pair === undefined
    ? notFound
    : { kind: 'ok', data: sent(pair.to(latest, { owner })) };
}
