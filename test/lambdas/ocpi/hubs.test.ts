import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendCommandCall } from '../../../lambdas/api/roaming/roaming-command-calls.ts';
import type { PushMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { createBreaker } from '../../../lambdas/webhooks/breaker.ts';
import { deliverPush } from '../../../lambdas/webhooks/deliver-push.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { openRoaming } from '../partners/roaming-plant.ts';
import { newOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { changeClients } from './change-clients.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import {
  chargersParty,
  clientInfo,
  driversParty,
  type HubDouble,
  haveHub,
  hubParty,
  hubToken,
  ours,
  placeOf,
} from './hub-double.ts';

let database: TestDatabase;
let claims = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const owned = (name: string) => {
  const [country_code, party_id] = name.split(' ');
  return { country_code, party_id };
};

const location = (name: string, id: string, more: object = {}) =>
  goldenDocument('2.2.1', 'location', { ...owned(name), id, ...more });

const otherDrivers = 'SE EME';

/** Has messages of the queue of deliveries done; gives what would come again. */
async function deliver(hub: HubDouble, messages: readonly PushMessage[], now = Date.now()) {
  const again: PushMessage[] = [];
  const pushing = {
    database,
    services: { ...hub.services, now: () => now },
    breaker: createBreaker(),
    send: async (more: readonly unknown[]) => void again.push(...(more as PushMessage[])),
    newClaim: () => {
      claims += 1;
      return `hub-${claims}`;
    },
    chance: () => 0,
  };
  for (const message of messages) await deliverPush(pushing, { ...message, waitSeconds: 0 });
  return again;
}

/** A hub in front of an operator with a location. */
async function roamThroughHub() {
  const roaming = await openRoaming(database);
  const hub = await haveHub(database, roaming.operator);
  return { ...roaming, hub };
}

const deliveriesOf = async ({ operator, partnerId }: HubDouble) =>
  (await operator.call('GET', `/partners/${partnerId}/deliveries`)).body.items as Golden[];

describe.each(['2.2.1', '2.3.0'])('a hub of OCPI %s', (version) => {
  it('it is known by its credentials, and is given one address for what it says about its parties', async () => {
    const hub = await haveHub(database, await newOperator(database), version);
    const { body } = await hub.operator.call('GET', `/partners/${hub.partnerId}`);

    expect(body).toMatchObject({
      state: 'registered',
      hub: { countryCode: 'EU', partyId: 'HUB' },
    });
    expect(
      (await hub.tell('PUT', 'NL/TNM', clientInfo(driversParty, 'EMSP', 'OFFLINE'))).http,
    ).toBe(201);
    expect((await hub.tell('GET', 'nl/tnm')).data).toEqual(
      clientInfo(driversParty, 'EMSP', 'OFFLINE'),
    );
  });

  it('what its parties push is theirs by URL and object, whoever the header FROM names', async () => {
    const hub = await haveHub(database, await newOperator(database), version);
    const document = goldenDocument(version, 'location', { ...owned(chargersParty), id: 'L-1' });
    const place = `emsp/locations/${placeOf(chargersParty)}/L-1`;

    for (const from of [chargersParty, hubParty, otherDrivers, ours]) {
      const answer = await hub.send('PUT', place, { to: ours, from }, document);
      // The answer goes back to whoever the request was from.
      expect(answer).toMatchObject({ statusCode: 1000, to: from, from: ours });
    }
    expect((await hub.operator.call('GET', '/roaming/locations')).body.items).toHaveLength(1);
    const stolen = `emsp/locations/${placeOf(otherDrivers)}/L-1`;
    const forged = await hub.send('PUT', stolen, { to: ours, from: otherDrivers }, document);
    expect(forged).toMatchObject({ http: 200, statusCode: 2001, message: /party_id/ });
    expect((await hub.send('GET', stolen, { to: ours, from: otherDrivers })).http).toBe(404);
    // Nobody says through a hub what our own locations are.
    const ownPlace = `emsp/locations/${placeOf(ours)}/L-1`;
    const own = { ...document, ...owned(ours) };
    expect((await hub.send('PUT', ownPlace, { to: ours, from: ours }, own)).http).toBe(404);
  });
});

describe('what a hub says about its parties', () => {
  it('it is listed by party with each role, the newest counts, and its list is read without routing headers', async () => {
    const hub = await haveHub(database, await newOperator(database));
    const { operator, partnerId } = hub;
    await hub.tell('PUT', 'NL/TNM', clientInfo(driversParty, 'EMSP', 'CONNECTED'));
    const late = clientInfo(driversParty, 'EMSP', 'OFFLINE', '2026-04-01T08:00:00Z');
    expect(await hub.tell('PUT', 'NL/TNM', late)).toMatchObject({ http: 200, statusCode: 1000 });
    await hub.tell('PUT', 'NL/TNM', clientInfo(driversParty, 'CPO', 'PLANNED'));
    hub.lists['clients'] = [
      clientInfo(chargersParty, 'CPO', 'SUSPENDED'),
      clientInfo(otherDrivers, 'EMSP', 'CONNECTED'),
    ];
    await pull(hub, 'hubclientinfo');

    const { body } = await operator.call('GET', `/partners/${partnerId}/parties`);
    expect(body.items).toMatchObject([
      { countryCode: 'FR', partyId: 'BEC', roles: [{ role: 'CPO', status: 'SUSPENDED' }] },
      {
        ...{ countryCode: 'NL', partyId: 'TNM' },
        roles: [
          { role: 'EMSP', status: 'CONNECTED' },
          { role: 'CPO', status: 'PLANNED' },
        ],
      },
      { countryCode: 'SE', partyId: 'EME' },
    ]);
    const clients = hub.asked.filter(({ url }) => url.includes('/clients'));
    expect(clients.length).toBeGreaterThan(0);
    expect(clients.every(({ to, from }) => to === undefined && from === undefined)).toBe(true);
    const first = await operator.call('GET', `/partners/${partnerId}/parties?limit=1`);
    const cursor = String(first.body['nextCursor']);
    const rest = await operator.call('GET', `/partners/${partnerId}/parties?cursor=${cursor}`);
    expect(rest.body.items).toHaveLength(2);
  });

  it('a document that is wrong is 2001 with its path, one of another party than its URL too, a party that nothing was said of is 404', async () => {
    const hub = await haveHub(database, await newOperator(database));
    const info = clientInfo(driversParty, 'EMSP', 'CONNECTED');
    const { last_updated: _, ...undated } = info;

    for (const [body, path] of [
      [{ ...info, party_id: 'XXX' }, 'party_id'],
      [undated, 'last_updated'],
      [{ ...info, status: 7 }, 'status'],
      [[], ''],
    ] as const) {
      const answer = await hub.tell('PUT', 'NL/TNM', body);
      expect(answer).toMatchObject({ http: 200, statusCode: 2001 });
      expect(answer.message).toContain(path);
    }
    for (const place of ['NL/TNM', 'NL', 'NL/TNM/x']) {
      expect((await hub.tell('GET', place)).http).toBe(404);
    }
    expect((await hub.tell('DELETE', 'NL/TNM')).http).toBe(404);
  });

  it('nobody but a hub may say anything about others', async () => {
    const operator = await newOperator(database);
    const { haveCpo } = await import('./cpo-partner.ts');
    const settings = { countryCode: 'DE', partyId: 'OUR', businessName: 'Ours', roles: ['EMSP'] };
    await operator.call('PUT', '/settings/ocpi', settings);
    const partner = await haveCpo(database, operator, '2.2.1');
    const place = '/2.2.1/hubclientinfo/NL/TNM';

    const answer = await partner.send('PUT', place, clientInfo(driversParty, 'EMSP', 'OFFLINE'));
    expect(answer.http).toBe(404);
    const { body } = await operator.call('GET', `/partners/${partner.partnerId}/parties`);
    expect(body.items).toEqual([]);
  });
});

/** Reads a module at the hub, as the queue of what concerns partners has it done. */
async function pull(hub: HubDouble, module: string) {
  const { operator, partnerId, services } = hub;
  await operator.call('POST', `/partners/${partnerId}/pulls`, { modules: [module] });
  const waiting: PartnerMessage[] = [
    { kind: 'pull', operatorId: operator.operatorId, partnerId, module: module as 'locations' },
  ];
  const send = async (more: readonly PartnerMessage[]) => void waiting.push(...more);
  const surroundings = { database, services, send, push: async () => {}, now: Date.now };
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    await takeMessage(surroundings, next);
  }
  const { body } = await operator.call('GET', `/partners/${partnerId}/pulls`);
  return (body['pulls'] as Golden[]).find((one) => one['module'] === module);
}

describe('messages to a hub', () => {
  it('a location goes to the hub once, for everyone; a session and its CDR to the party of the driver', async () => {
    const { hub, operator, begin, publish, pushes, locationId } = await roamThroughHub();
    const place = `cpo/tokens/${placeOf(driversParty)}/HUB-1`;
    const pushed = await hub.send(
      'PUT',
      place,
      { to: ours, from: driversParty },
      hubToken(driversParty, 'HUB-1'),
    );
    expect(pushed).toMatchObject({ http: 201, to: driversParty, from: ours });
    const session = await begin('HUB-1');
    await session.end();
    await publish();
    await deliver(hub, pushes.splice(0));

    const shown = hub.brought.map(({ body: _, ...one }) => one);
    const broadcast = { method: 'PUT', path: `/receiver/locations/DE/OUR/${locationId}` };
    for (const name of [driversParty, chargersParty]) {
      expect(shown).toContainEqual({ ...broadcast, party: name, to: name, from: hubParty });
    }
    expect(shown).toContainEqual({
      ...{ method: 'PUT', path: `/receiver/sessions/DE/OUR/${session.sessionId}` },
      ...{ party: driversParty, to: driversParty, from: ours },
    });
    expect(shown).toContainEqual({
      ...{ method: 'POST', path: '/receiver/cdrs' },
      ...{ party: driversParty, to: driversParty, from: ours },
    });
    expect(
      hub.asked.filter(({ method, url }) => method === 'PUT' && url.includes('/locations/')),
    ).toHaveLength(1);
    expect(operator.operatorId).toBeTruthy();
  });

  it('everything that the parties have is read from the hub page by page, each object its own party’s', async () => {
    const hub = await haveHub(database, await newOperator(database));
    hub.lists['locations'] = [
      location(chargersParty, 'L-1'),
      location('BE EVB', 'L-1'),
      // The hub also shows what it has of us.
      location(ours, 'L-1'),
    ];

    expect(await pull(hub, 'locations')).toMatchObject({
      ...{ state: 'complete', received: 2, refused: 1 },
    });
    const asked = hub.asked.filter(({ url }) => url.includes('/sender/locations'));
    expect(asked.map(({ to, from }) => [to, from])).toEqual(asked.map(() => [hubParty, ours]));
    for (const name of [chargersParty, 'BE EVB']) {
      const read = `emsp/locations/${placeOf(name)}/L-1`;
      expect((await hub.send('GET', read, { to: ours, from: name })).http).toBe(200);
    }
  });

  it.each(['OFFLINE', 'SUSPENDED', 'PLANNED'])(
    'nothing is sent to a party that is %s: its session and CDR wait until it is connected, and are sent then at once, in order',
    async (status) => {
      const { hub, begin, publish, pushes, publishing } = await roamThroughHub();
      const uid = `HUB-${status}`;
      const place = `cpo/tokens/${placeOf(driversParty)}/${uid}`;
      await hub.send('PUT', place, { to: ours, from: driversParty }, hubToken(driversParty, uid));
      await hub.tell('PUT', 'NL/TNM', clientInfo(driversParty, 'EMSP', status));
      await (await begin(uid)).end();
      await publish();
      const now = Date.now();
      const again = await deliver(hub, pushes.splice(0), now);

      expect(hub.brought.filter(({ path }) => /sessions|cdrs/.test(path))).toEqual([]);
      expect(again.map(({ module }) => module)).toEqual(
        expect.arrayContaining(['sessions', 'cdrs']),
      );
      expect(await deliveriesOf(hub)).toContainEqual(
        expect.objectContaining({
          ...{ module: 'cdrs', state: 'pending' },
          lastFailure: expect.objectContaining({ message: expect.stringContaining(status) }),
        }),
      );
      const tell = async (name: string, word: string, at?: string) => {
        const act = () => hub.tell('PUT', placeOf(name), clientInfo(name, 'EMSP', word, at));
        await changeClients(database, publishing, act);
      };
      await tell(otherDrivers, status);
      // Neither another party nor the same status again wakes anything.
      await tell(otherDrivers, 'CONNECTED', '2026-06-01T08:00:00Z');
      await tell(driversParty, status, '2026-05-01T08:00:00Z');
      expect(await deliver(hub, pushes.splice(0), now)).toEqual([]);
      expect(hub.brought.filter(({ path }) => /sessions|cdrs/.test(path))).toEqual([]);

      // The party does not wait for the next attempt.
      await tell(driversParty, 'CONNECTED', '2026-06-01T08:00:00Z');
      await deliver(hub, pushes.splice(0), now);
      const brought = hub.brought.filter(({ path }) => /sessions|cdrs/.test(path));
      expect(brought.map(({ path }) => path.split('/')[2])).toEqual(['sessions', 'cdrs']);
      expect(await deliveriesOf(hub)).toEqual([]);
      await deliver(hub, again, now + 60_000);
      expect(hub.brought.filter(({ path }) => /cdrs/.test(path))).toHaveLength(1);
    },
  );
});

describe('what a hub answers instead of a party', () => {
  it('a CDR whose party the hub cannot reach is sent again soon; one of an unknown party seldom, and its session not again', async () => {
    const { hub, begin, publish, pushes } = await roamThroughHub();
    await hub.send(
      'PUT',
      `cpo/tokens/${placeOf(driversParty)}/HUB-T`,
      { to: ours, from: driversParty },
      hubToken(driversParty, 'HUB-T'),
    );
    await (await begin('HUB-T')).end();
    await publish();
    const messages = pushes
      .splice(0)
      .filter(({ module }) => module === 'cdrs' || module === 'sessions');
    const waits = async (code: number, now: number, of = messages) => {
      hub.troubles.set(driversParty, code);
      const again = await deliver(hub, of, now);
      return Object.fromEntries(again.map(({ module, waitSeconds }) => [module, waitSeconds]));
    };
    const now = Date.now();

    expect(await waits(4002, now)).toEqual({ sessions: 5, cdrs: 5 });
    expect(await waits(4003, now + 10_000)).toEqual({ sessions: 30, cdrs: 30 });
    expect(await waits(4001, now + 60_000)).toEqual({ cdrs: 6 * 3_600 });
    const listed = await deliveriesOf(hub);
    expect(listed).toContainEqual(
      expect.objectContaining({
        ...{ module: 'sessions', state: 'failed' },
        lastFailure: expect.objectContaining({
          statusCode: 4001,
          message: expect.stringContaining('The hub does not know the party.'),
        }),
      }),
    );
    hub.troubles.clear();
    await deliver(hub, messages, now + 8 * 3_600_000);
    expect(await deliveriesOf(hub)).toEqual([]);
  });

  it('a pull goes on after 4002 and 4003, and ends with 4001', async () => {
    const hub = await haveHub(database, await newOperator(database));
    hub.lists['tariffs'] = [goldenDocument('2.2.1', 'tariff', owned(chargersParty))];
    const { request } = hub.services;
    const answering = async (status_code: number) => {
      const body = JSON.stringify({ status_code, timestamp: '2026-04-14T16:30:00Z' });
      hub.services.request = async () => ({ kind: 'answered', status: 200, headers: {}, body });
      return await pull(hub, 'tariffs').finally(() => {
        hub.services.request = request;
      });
    };

    for (const code of [4000, 4002, 4003]) await expect(answering(code)).rejects.toThrow();
    expect(await pull(hub, 'tariffs')).toMatchObject({ state: 'complete', received: 1 });
    expect(await answering(4001)).toMatchObject({ state: 'failed' });
  });

  it('a command says why the hub did not bring it, and none is sent to a party that is not connected', async () => {
    const operator = await newOperator(database);
    const hub = await haveHub(database, operator);
    await operator.call('POST', '/tokens', { tokenId: 'CARD-1' });
    const place = `emsp/locations/${placeOf(chargersParty)}/L-1`;
    await hub.send('PUT', place, { to: ours, from: hubParty }, location(chargersParty, 'L-1'));
    const found = (await operator.call('GET', '/roaming/locations')).body.items?.[0] ?? {};
    const caller = {
      ...testServices,
      ...{ database, operatorId: operator.operatorId, apiKeyId: 'k', apiKeyName: 'k' },
      now: new Date().toISOString(),
      roaming: async () => hub.services,
    };
    const give = async () =>
      await sendCommandCall(caller, {
        type: 'start',
        roamingLocationId: String(found['roamingLocationId']),
        evseUid: 'L17-E1',
        tokenId: 'CARD-1',
      });

    expect(await give()).toMatchObject({ body: { state: 'sent' } });
    expect(hub.brought.at(-1)).toMatchObject({
      ...{ party: chargersParty, to: chargersParty, from: ours, method: 'POST' },
      path: '/receiver/commands/START_SESSION',
    });
    for (const [code, sentence] of [
      [4001, 'The hub does not know the party.'],
      [4002, 'The party did not answer the hub in time.'],
      [4003, 'The hub cannot reach the party.'],
      [4000, 'The hub failed.'],
    ] as const) {
      hub.troubles.set(chargersParty, code);
      expect(JSON.stringify(await give())).toContain(sentence);
    }
    const before = hub.asked.length;
    await hub.tell('PUT', 'FR/BEC', clientInfo(chargersParty, 'CPO', 'OFFLINE'));
    expect(await give()).toMatchObject({ kind: 'refused', code: 'PARTNER_PARTY_NOT_CONNECTED' });
    expect(hub.asked).toHaveLength(before);
  });
});
