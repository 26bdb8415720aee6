import { expect } from 'vitest';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { sharedByRecord } from '../../../lambdas/events/shared-things.ts';
import type { PushMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { type Publishing, takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { beginSession } from '../begin-session.ts';
import { invitePartner } from '../ocpi/invite-partner.ts';
import { partnerCredentials } from '../ocpi/partner-platform.ts';
import { newOperator, scan, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';

/** A document of OCPI, to be looked into. */
export type Document = Readonly<Record<string, unknown>>;

/** Registers a partner whose drivers charge at an operator's chargers. */
export async function addPartner(
  database: TestDatabase,
  operator: TestOperator,
  version: string,
  {
    receivers = [],
    senders = [],
    ...more
  }: { readonly receivers?: readonly string[]; readonly senders?: readonly string[] } = {},
) {
  const invited = await invitePartner(database, version, { roles: ['CPO'], ...more }, operator);
  const { call, tokenA, platform } = invited;
  const endpoint = (identifier: string, role: string) => ({
    ...{ identifier, role },
    url: `https://partner.example/receive/${identifier}`,
  });
  const endpoints = [
    endpoint('credentials', 'SENDER'),
    ...senders.map((module) => endpoint(module, 'SENDER')),
    ...receivers.map((module) => endpoint(module, 'RECEIVER')),
  ];
  const timestamp = '2026-04-14T16:00:00Z';
  platform.answers.set(`https://partner.example/${version}`, {
    status: 200,
    body: JSON.stringify({ data: { version, endpoints }, status_code: 1000, timestamp }),
  });
  const credentials = partnerCredentials(version);
  const { data } = await call('POST', `${version}/credentials`, `Token ${tokenA}`, credentials);
  const { token } = data as { readonly token: string };
  const send = async (
    method: string,
    place: string,
    body?: JsonLiteral,
    query?: Readonly<Record<string, string>>,
    routing?: Readonly<Record<string, string>>,
  ) => await call(method, `cpo/${version}/${place}`, `Token ${token}`, body, query, routing);
  /** Pushes a token of a driver. */
  const pushToken = async (uid: string, fields: object = {}): Promise<void> => {
    const contract =
      version === '2.1.1'
        ? { auth_id: `NL-PAR-${uid}` }
        : { country_code: 'NL', party_id: 'PAR', contract_id: `NL-PAR-${uid}` };
    const pushed = await send('PUT', `tokens/NL/PAR/${uid}`, {
      ...{ ...contract, uid, type: 'RFID', issuer: 'Partner', valid: true, whitelist: 'ALWAYS' },
      last_updated: '2026-04-14T15:00:00Z',
      ...fields,
    });
    expect(pushed.statusCode).toBe(1000);
  };
  const list = async (module: string, query?: Readonly<Record<string, string>>) =>
    (await send('GET', module, undefined, query)).data as unknown as readonly Document[];
  return { ...invited, version, token, send, pushToken, list };
}

/** A partner that is registered. */
export type TestPartner = Awaited<ReturnType<typeof addPartner>>;

/** An operator whose chargers partners' drivers charge at, with a location and a tariff. */
export async function openRoaming(database: TestDatabase, tariff: object = {}) {
  const operator = await newOperator(database);
  await operator.call('PUT', '/settings/ocpi', {
    ...{ countryCode: 'DE', partyId: 'OUR', businessName: 'Ours', roles: ['CPO'] },
  });
  const priced = { name: 'Roaming', currency: 'EUR', perKwh: '0.50', vatPercent: '19', ...tariff };
  const { body: made } = await operator.call('POST', '/tariffs', priced);
  const tariffId = String(made['tariffId']);
  const { body: place } = await operator.call('POST', '/locations', {
    ...{ name: 'Yard', address: 'Main Street 1', city: 'Porto', country: 'PRT', publish: true },
    ...{ timeZone: 'Europe/Lisbon', coordinates: { latitude: '41.14961', longitude: '-8.61099' } },
  });
  const locationId = String(place['locationId']);
  const messages: PartnerMessage[] = [];
  const pushes: PushMessage[] = [];
  const publishing: Publishing = {
    database,
    services: await testServices.roaming(),
    send: async (sent) => {
      messages.push(...sent);
    },
    push: async (sent) => {
      pushes.push(...sent.filter((one) => one.kind === 'push'));
    },
    now: Date.now,
  };
  /** A session of a driver at a charger of the location. */
  const begin = async (idTag: string, form: object = {}) => {
    const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
    const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];
    const evses = [{ evseId: 1, connectors }];
    const charger = { idTag, tariffId, locationId, connectors: 1, evses, ...form };
    return await beginSession(database, operator, charger);
  };
  /** Does what the stream of state would have done by now; to do it again changes nothing. */
  const publish = async (): Promise<void> => {
    const items = await scan(database, database.state);
    const shared = items.flatMap((item) =>
      sharedByRecord({ eventName: 'INSERT', dynamodb: { NewImage: item as never } }),
    );
    for (const { operatorId, thing } of shared) {
      if (operatorId !== operator.operatorId) continue;
      await takeMessage(publishing, { kind: 'look', operatorId, thing });
    }
  };
  return { operator, tariffId, locationId, begin, publish, publishing, messages, pushes };
}
