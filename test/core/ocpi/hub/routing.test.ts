import { describe, expect, it } from 'vitest';
import { clientStatus, maySend, withClient } from '../../../../core/ocpi/hub/client-status.ts';
import { hubInCredentials, hubOf } from '../../../../core/ocpi/hub/hub-of.ts';
import { hubTrouble, mayPass, troubleText } from '../../../../core/ocpi/hub/hub-trouble.ts';
import { ownerOf, routeInHub } from '../../../../core/ocpi/hub/route-in-hub.ts';
import {
  askingThrough,
  broadcastRouting,
  type Journey,
  type Routing,
  readRouting,
  receiverOf,
  requestRouting,
  responseRouting,
  routingHeaders,
} from '../../../../core/ocpi/hub/routing-headers.ts';

const us = { countryCode: 'DE', partyId: 'JNA' };
const them = { countryCode: 'NL', partyId: 'TNM' };
const other = { countryCode: 'FR', partyId: 'BEC' };
const hub = { countryCode: 'DE', partyId: 'HUB' };
const at = '2026-03-01T00:00:00.000Z';
const clients = [
  { ...us, role: 'CPO', status: 'CONNECTED', lastUpdated: at },
  { ...them, role: 'EMSP', status: 'CONNECTED', lastUpdated: at },
  { ...other, role: 'EMSP', status: 'CONNECTED', lastUpdated: at },
  { countryCode: 'SE', partyId: 'OFF', role: 'EMSP', status: 'OFFLINE', lastUpdated: at },
  { countryCode: 'SE', partyId: 'SUS', role: 'EMSP', status: 'SUSPENDED', lastUpdated: at },
  { countryCode: 'SE', partyId: 'PLA', role: 'EMSP', status: 'PLANNED', lastUpdated: at },
];

describe('the matrix of routing headers', () => {
  it.each<[string, Journey, Routing, Routing]>([
    [
      'to a party, directly or through a hub',
      { kind: 'party', receiver: them },
      { to: them, from: us },
      { to: us, from: them },
    ],
    [
      'a broadcast to the hub',
      { kind: 'broadcast', hub },
      { to: hub, from: us },
      { to: us, from: hub },
    ],
    ['open routing', { kind: 'open' }, { from: us }, { to: us, from: them }],
    [
      'a list of everything from the hub',
      { kind: 'get-all', hub },
      { to: hub, from: us },
      { to: us, from: hub },
    ],
  ])('request and answer are addressed: %s', (_way, journey, request, response) => {
    const routing = requestRouting('locations', us, journey);
    expect(routing).toEqual(request);
    expect(responseRouting(routing, them)).toEqual(response);
    expect(
      readRouting(
        Object.fromEntries(
          Object.entries(routingHeaders(routing)).map(([name, value]) => [
            name.toLowerCase(),
            value,
          ]),
        ),
      ),
    ).toEqual(routing);
  });

  it('a broadcast from the hub comes from the hub, and is answered to it', () => {
    const routing = broadcastRouting(hub, us);
    expect(routing).toEqual({ to: us, from: hub });
    expect(responseRouting(routing, us)).toEqual({ to: hub, from: us });
  });

  it.each(['versions', 'credentials', 'hubclientinfo'])(
    'the module %s has no routing headers',
    (module) => {
      expect(routingHeaders(requestRouting(module, us, { kind: 'party', receiver: them }))).toEqual(
        {},
      );
    },
  );

  it('a message without headers on a link of one party each is for that party', () => {
    expect(receiverOf({}, [us])).toEqual(us);
    expect(receiverOf({}, [us, other])).toBeUndefined();
    expect(responseRouting({}, us)).toEqual({});
  });

  it('a receiver is compared without regard to case, and an unknown one is not ours', () => {
    expect(receiverOf({ to: { countryCode: 'de', partyId: 'jna' } }, [us, other])).toEqual(us);
    expect(receiverOf({ to: them }, [us])).toBeUndefined();
  });

  it('a partner that names itself as the receiver is understood where that is its quirk', () => {
    const routing = { to: them, from: them };
    expect(receiverOf(routing, [us])).toBeUndefined();
    expect(receiverOf(routing, [us], ['own-party-in-to'])).toEqual(us);
  });
});

describe('a partner that is a hub', () => {
  const role = (name: string, of: typeof us) => ({
    ...{ role: name, ...of },
    businessDetails: { name: 'Partner' },
  });

  it('it is known by its role in 2.2.1, by its party in 2.3.0, and nobody else is one', () => {
    expect(hubInCredentials({ roles: [role('HUB', hub)] })).toEqual(hub);
    expect(hubInCredentials({ roles: [role('CPO', us)], hubPartyId: 'DEHUB' })).toEqual(hub);
    expect(hubInCredentials({ roles: [role('CPO', us)] })).toBeUndefined();
    expect(hubInCredentials({ roles: [], hubPartyId: '' })).toBeUndefined();
    expect(hubOf({ roles: [role('CPO', us)], hub })).toEqual(hub);
  });

  it('the header FROM says which of its parties asks; of any other partner the token says it', () => {
    expect(askingThrough(hub, { from: them })).toEqual(them);
    expect(askingThrough(hub, { from: { countryCode: 'de', partyId: 'hub' } })).toBeUndefined();
    expect(askingThrough(hub, {})).toBeUndefined();
    expect(askingThrough(undefined, { from: them })).toBeUndefined();
  });

  it('a party may be sent to unless all that the hub says about the role, or about the party, speaks against it', () => {
    const said = (name: string, status: string, lastUpdated = at) => ({
      ...{ ...them, role: name, status, lastUpdated },
    });
    expect(maySend(clientStatus([], 'EMSP'))).toBe(true);
    expect(maySend(clientStatus([said('CPO', 'OFFLINE')], 'EMSP'))).toBe(false);
    const both = [said('CPO', 'OFFLINE'), said('EMSP', 'CONNECTED')];
    expect(maySend(clientStatus(both, 'emsp'))).toBe(true);
    expect(maySend(clientStatus(both, 'CPO'))).toBe(false);
    expect(
      withClient(both, said('EMSP', 'SUSPENDED', '2025-01-01T00:00:00.000Z'), at),
    ).toBeUndefined();
    expect(withClient(both, said('emsp', 'SUSPENDED'), at)).toEqual([
      said('CPO', 'OFFLINE'),
      said('emsp', 'SUSPENDED'),
    ]);
  });

  it('a status of 4xxx is trouble that may pass, but for a party that the hub does not know', () => {
    expect([4000, 4002, 4003, 4901].map(hubTrouble)).toEqual([
      ...['hub-failed', 'timeout', 'connection-problem', 'hub-failed'],
    ]);
    for (const code of [1000, 2001, 3000, 5000, null, undefined]) {
      expect(hubTrouble(code)).toBeUndefined();
    }
    const kinds = [4000, 4001, 4002, 4003].flatMap((code) => hubTrouble(code) ?? []);
    expect(kinds.filter((kind) => !mayPass(kind))).toEqual(['unknown-receiver']);
    expect(new Set(kinds.map(troubleText)).size).toBe(4);
  });
});

describe('routing in a hub', () => {
  const route = (
    routing: Routing,
    module = 'locations',
    method: 'GET' | 'PUT' | 'POST' = 'PUT',
    find = (): typeof us | undefined => undefined,
  ) => routeInHub({ routing, module, method, receiverRole: 'EMSP' }, hub, clients, find);

  it('a message for a party is passed on to it', () => {
    expect(route({ to: them, from: us })).toEqual({ kind: 'pass-on', receiver: them });
  });

  it('a message for an unknown party is answered with 4001', () => {
    expect(route({ to: { countryCode: 'XX', partyId: 'YYY' }, from: us })).toEqual({
      kind: 'refuse',
      outcome: { kind: 'hub-unknown-receiver' },
    });
  });

  it.each(['OFF', 'SUS', 'PLA'])(
    'nothing is sent to the party %s, which is not connected',
    (partyId) => {
      expect(route({ to: { countryCode: 'SE', partyId }, from: us })).toEqual({
        kind: 'refuse',
        outcome: { kind: 'hub-connection-problem' },
      });
    },
  );

  it('a push to the hub goes to every connected party of the role but the sender', () => {
    expect(route({ to: hub, from: us })).toMatchObject({
      kind: 'broadcast',
      receivers: [them, other],
    });
    expect(route({ to: hub, from: them })).toMatchObject({ receivers: [other] });
  });

  it.each(['cdrs', 'sessions', 'commands'])(
    '%s are for one party and cannot be broadcast',
    (module) => {
      expect(route({ to: hub, from: us }, module, 'POST')).toMatchObject({
        kind: 'refuse',
        outcome: { kind: 'invalid' },
      });
    },
  );

  it('a GET to the hub reads from every party and is never broadcast', () => {
    expect(route({ to: hub, from: us }, 'cdrs', 'GET')).toMatchObject({
      kind: 'get-all',
      sources: [them, other],
    });
  });

  it('the hub finds the receiver of a message that names nobody', () => {
    expect(route({ from: us }, 'tokens', 'POST', () => other)).toEqual({
      kind: 'pass-on',
      receiver: other,
    });
    expect(route({ from: us }, 'tokens', 'POST')).toMatchObject({
      outcome: { kind: 'hub-unknown-receiver' },
    });
  });

  it('the owner of an object is that of URL and object, and a contradiction has none', () => {
    expect(ownerOf(them, { countryCode: 'nl', partyId: 'tnm' })).toEqual(them);
    expect(ownerOf(undefined, them)).toEqual(them);
    expect(ownerOf(them, undefined)).toEqual(them);
    expect(ownerOf(them, us)).toBeUndefined();
  });
});
