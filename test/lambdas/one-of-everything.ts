import { createECDH } from 'node:crypto';
import { goldenValue } from '../../build/ocpi/golden-objects.ts';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { commandSequence } from '../../core/command/command-sequence.ts';
import type { PartnerCdr } from '../../core/ocpi/model/cdr.ts';
import type { PartnerLocation } from '../../core/ocpi/model/location.ts';
import { withCdr } from '../../core/payment/bill.ts';
import { noteUnknownCharger } from '../../lambdas/authorizer/note-unknown-charger.ts';
import { commandId } from '../../lambdas/store/commands/command-id.ts';
import { createCommand } from '../../lambdas/store/commands/commands.ts';
import { appendEvents } from '../../lambdas/store/events/append-events.ts';
import { noteFirmwareUploaded, readFirmware } from '../../lambdas/store/files/firmware.ts';
import { createTransfer, noteArrival, transferIdOf } from '../../lambdas/store/files/transfers.ts';
import { keepAuthorityCertificate } from '../../lambdas/store/operators/authority.ts';
import { writePublication } from '../../lambdas/store/partners/publications.ts';
import { changeBill } from '../../lambdas/store/payments/bills.ts';
import { writeHeldInvoice } from '../../lambdas/store/received/received-invoices.ts';
import { writeRoamingCommand } from '../../lambdas/store/received/roaming-commands.ts';
import { receivedId } from '../../lambdas/store/table/keys/received-keys.ts';
import type { TestDatabase } from '../contracts/engines.ts';
import { haveCpo } from './ocpi/cpo-partner.ts';
import { goldenDocument } from './ocpi/golden-document.ts';
import { meterValues, plugIn, settle, type TestOperator } from './plant.ts';

/** A meter's public key, as an operator registers it. */
export const publicKey = createECDH('prime256v1').generateKeys('hex');

/** A location as an operator creates it. */
export const newLocation = {
  name: 'Yard',
  address: 'Main Street 1',
  city: 'Porto',
  country: 'PRT',
  coordinates: { latitude: '41.14961', longitude: -8.61099 },
  timeZone: 'Europe/Lisbon',
} as const;

/** Invoices a CDR to a partner, and shows it another one that no invoice bills, of April 2026; gives the id of the invoice. */
async function invoicePartner(
  database: TestDatabase,
  { operatorId, call }: TestOperator,
  partnerId: string,
): Promise<string> {
  const golden = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;
  const list = { operatorId, scope: partnerId, module: 'cdrs' } as const;
  for (const month of ['2026-03', '2026-04']) {
    const lastUpdated = `${month}-11T20:00:00.000Z`;
    const ours = { id: `C-${month}`, endDateTime: lastUpdated, countryCode: 'DE', partyId: 'OUR' };
    const object = { kind: 'cdr', cdr: { ...golden, ...ours }, lastUpdated };
    await writePublication(database, list, undefined, { objectId: ours.id, lastUpdated, object });
  }
  const invoice = { invoiceNumber: 'R-1', month: '2026-03', currency: 'EUR' };
  const issued = await call('POST', `/partners/${partnerId}/invoices`, invoice);
  return String(issued.body['partnerInvoiceId']);
}

/** The ids of an operator's things, by the name that the paths of the API give them; `apiKey` reads sessions. */
export type Things = Readonly<Record<string, string>>;

/** Shows the partners of an operator a location; gives the id of its delivery. */
async function showLocation(database: TestDatabase, operatorId: string): Promise<string> {
  const object = goldenValue({ name: 'location', kind: 'location' }) as PartnerLocation;
  const list = { operatorId, scope: '-', module: 'locations' } as const;
  const { id: objectId, lastUpdated } = object;
  await writePublication(database, list, undefined, { objectId, lastUpdated, object });
  return `locations.${objectId}`;
}

/** Ids that an operator chooses. */
export type ChosenIds = Readonly<
  Record<'chargerId' | 'waitingChargerId' | 'tokenId' | 'accountId' | 'code', string>
>;

const plainIds: ChosenIds = {
  chargerId: 'API-1',
  waitingChargerId: 'NEW-1',
  tokenId: 'TAG',
  accountId: 'acc',
  code: 'MINE',
};

/** Gives an operator one thing of everything that there is, a billed session included. */
export async function oneOfEverything(
  database: TestDatabase,
  operator: TestOperator,
  chosen: ChosenIds = plainIds,
): Promise<Things> {
  const { chargerId, tokenId, accountId, code } = chosen;
  const ofCharger = `/chargers/${encodeURIComponent(chargerId)}`;
  const ids: Record<string, string> = { ...chosen };
  // The authority of the deployment, which is every operator's.
  process.env['CHARGER_AUTHORITY_KEY_ID'] = 'key-of-the-authority';
  await keepAuthorityCertificate(database, 'key-of-the-authority', {
    certificate: '-----BEGIN CERTIFICATE-----',
    fingerprint: '00',
    notAfter: '2050-01-01T00:00:00.000Z',
  });
  const tariff = await operator.call('POST', '/tariffs', {
    name: 'T',
    currency: 'EUR',
    perKwh: '0.4',
  });
  ids['tariffId'] = String(tariff.body['tariffId']);
  const { tariffId } = ids;
  const location = await operator.call('POST', '/locations', newLocation);
  ids['locationId'] = String(location.body['locationId']);
  const { locationId } = ids;
  await operator.call('POST', '/chargers', {
    chargerId,
    tariffId,
    locationId,
    connectors: '2',
  });
  await operator.call('POST', '/tokens', { tokenId, accountId });
  await operator.call('POST', '/accounts', { accountId, name: 'Payer', currency: 'EUR' });
  ids['month'] = '2026-04';
  const key = await operator.call('POST', '/api-keys', { name: 'CI', scopes: ['sessions:read'] });
  ids['apiKeyId'] = String(key.body['apiKeyId']);
  ids['apiKey'] = String(key.body['apiKey']);
  const meterKey = await operator.call('POST', `${ofCharger}/meter-keys`, { publicKey });
  const tokens = await operator.call('GET', `${ofCharger}/connection-tokens`);
  ids['connectionTokenId'] = String(tokens.body.items?.[0]?.['connectionTokenId']);
  ids['meterKeyId'] = String(meterKey.body['meterKeyId']);
  await operator.call('POST', '/promo-codes', { code, kind: 'percent', percent: '10' });
  await operator.call('PUT', '/settings/configuration', { ocpp16: { Language: 'pt' } });
  await operator.call('PUT', '/settings/payments', { adapter: 'invoice' });
  await operator.call('PUT', '/settings/monitoring', { abnormalReadings: { from: 'error' } });
  const excluded = await operator.call('POST', `${ofCharger}/uptime-exclusions`, {
    from: '2026-04-14T00:00:00Z',
    to: '2026-04-15T00:00:00Z',
    cause: 'vandalism',
  });
  ids['exclusionId'] = String(excluded.body['exclusionId']);
  const pay = { evseId: 1, connectorId: 1 };
  const payLink = await operator.call('POST', `${ofCharger}/pay-links`, pay);
  ids['payLinkId'] = String(payLink.body['payLinkId']);
  await operator.call('PUT', '/settings/admission', {
    approveNewChargers: true,
    waitingRoom: { places: 3 },
  });
  await noteUnknownCharger(database, {
    operatorId: operator.operatorId,
    chargerId: chosen.waitingChargerId,
    protocol: 'ocpp1.6',
    now: Date.now(),
  });
  await operator.call('PUT', '/settings', {
    neverStopped: { closeAfterHours: 99 },
    issuer: { name: 'Juna', addressLines: ['Lindenstraße 7'], city: 'Berlin', country: 'DEU' },
  });
  const charger = await plugIn(database, chargerId.toLowerCase());
  await charger.call('FirmwareStatusNotification', { status: 'Idle' });
  const later = await plugIn(database, chargerId.toLowerCase(), Date.now(), 'ocpp2.0.1');
  await later.call('NotifyReport', { requestId: 7, generatedAt: '2026-04-14T16:30:00Z', seqNo: 0 });
  ids['requestId'] = '7';
  const started = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: tokenId,
    timestamp: '2026-04-14T18:30:00+02:00',
    meterStart: 0,
  });
  const transactionId = Number(started['transactionId']);
  await charger.call('MeterValues', meterValues('2026-04-14T17:00:00Z', 5000, transactionId));
  await charger.call('StopTransaction', {
    transactionId,
    timestamp: '2026-04-14T19:30:00+02:00',
    meterStop: 7000,
  });
  const { operatorId } = operator;
  const sequence = commandSequence(Date.parse('2026-04-14T18:30:00+02:00'), 'a');
  await createCommand(database, {
    sequence,
    chargerKey: chargerKey(operatorId, chargerId),
    operatorId,
    chargerId,
    state: 'queued',
    request: { type: 'clear-cache' },
    frame: '[2,"ClearCache.1","ClearCache",{}]',
    createdAt: '2026-04-14T16:30:00.000Z',
    expiresAt: '2026-04-15T16:30:00.000Z',
  });
  ids['commandId'] = commandId(sequence, chargerId);
  const firmware = { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };
  const registered = await operator.call('POST', '/firmware', firmware);
  ids['firmwareId'] = String(registered.body['firmwareId']);
  const own = await readFirmware(database, operatorId, ids['firmwareId']);
  if (own !== undefined) await noteFirmwareUploaded(database, own, new Date().toISOString());
  const campaign = { firmwareId: ids['firmwareId'], chargers: { chargerIds: [chargerId] } };
  const begun = await operator.call('POST', '/firmware-campaigns', campaign);
  ids['campaignId'] = String(begun.body['campaignId']);
  const transferId = transferIdOf('our token');
  const upload = { transferId, operatorId, chargerKey: chargerKey(operatorId, chargerId) };
  await createTransfer(database, { ...upload, expiresAt: Math.floor(Date.now() / 1000) + 3_600 });
  await noteArrival(database, transferId, {
    objectKey: 'logs/ours',
    bytes: 1,
    sha256: '00',
    arrivedAt: new Date().toISOString(),
  });
  ids['logId'] = transferId;
  await operator.call('PUT', '/settings/ocpi', {
    countryCode: 'DE',
    partyId: 'OUR',
    businessName: 'Ours',
    roles: ['CPO', 'EMSP'],
  });
  const partner = await operator.call('POST', '/partners', { name: 'Roaming' });
  ids['partnerId'] = String(partner.body['partnerId']);
  Object.assign(ids, await oneOfRoaming(database, operator));
  ids['partnerInvoiceId'] = await invoicePartner(database, operator, ids['partnerId']);
  ids['partnerDeliveryId'] = await showLocation(database, operator.operatorId);
  const webhook = { url: 'https://receiver.example/', events: ['charger.status'] };
  ids['webhookId'] = String((await operator.call('POST', '/webhooks', webhook)).body['webhookId']);
  const statusEvent = {
    type: 'charger.status',
    data: { chargerId },
    source: 'a',
  } as const;
  const logged = { ...statusEvent, at: new Date().toISOString() };
  const [event] = await appendEvents(database, operatorId, [logged], { since: Date.now() });
  ids['deliveryId'] = String(event?.id);
  await settle(database);
  const [session] = (await operator.call('GET', '/sessions')).body.items ?? [];
  ids['sessionId'] = String(session?.['sessionId']);
  ids['cdrId'] = String(session?.['cdrId']);
  const cdr = (await operator.call('GET', `/cdrs/${ids['cdrId']}`)).body as never;
  const place = { operatorId, shard: 0, sessionId: ids['sessionId'] };
  await changeBill(database, place, () => withCdr(undefined, cdr));
  return ids;
}

/** A command to a partner. */
async function oneRoamingCommand(database: TestDatabase, operatorId: string): Promise<string> {
  const commandId = 'rco_ours';
  const at = new Date().toISOString();
  await writeRoamingCommand(database, undefined, {
    ...{ commandId, operatorId, partnerId: 'ptn_1', type: 'stop', state: 'sent' },
    ...{ createdAt: at, expiresAt: at },
  });
  return commandId;
}

/** A record of the CDRs that an invoice of a partner bills, by our id. */
async function oneInvoice(database: TestDatabase, operatorId: string): Promise<string> {
  const owner = { countryCode: 'DE', partyId: 'JNA' };
  const from = { operatorId, partnerId: 'ptn_1', owner };
  const names = { id: 'IR-1', invoiceId: 'INV-1', cdrIds: ['C-1'] };
  const record = { ...owner, ...names, lastUpdated: '2026-04-01T08:00:00.000Z' };
  await writeHeldInvoice(database, from, undefined, { record });
  return receivedId('invoice', from, record.id);
}

/** A location and a CDR that a partner sent, by our ids. */
async function oneOfRoaming(database: TestDatabase, operator: TestOperator) {
  const { send } = await haveCpo(database, operator, '2.2.1');
  await send('PUT', 'locations/DE/JNA/L-17', goldenDocument('2.2.1', 'location'));
  const session = goldenDocument('2.2.1', 'session');
  await send('PUT', `sessions/DE/JNA/${session['id']}`, session);
  await send('POST', 'cdrs', goldenDocument('2.2.1', 'cdr'));
  const first = async (path: string) => (await operator.call('GET', path)).body.items?.[0] ?? {};
  return {
    roamingLocationId: String((await first('/roaming/locations'))['roamingLocationId']),
    roamingCommandId: await oneRoamingCommand(database, operator.operatorId),
    roamingCdrId: String((await first('/roaming/cdrs'))['roamingCdrId']),
    roamingInvoiceId: await oneInvoice(database, operator.operatorId),
  };
}

/** A thing by its name; throws for one that nobody has thought of yet. */
export const known = <Value>(things: Readonly<Record<string, Value>>, name: string): Value => {
  const found = things[name];
  if (found === undefined) throw new Error(`Something of the API is new to its tests: ${name}`);
  return found;
};

/** The path of a route for an operator's things. */
export const pathOf = (template: string, ids: Things): string =>
  template.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(known(ids, name)));
