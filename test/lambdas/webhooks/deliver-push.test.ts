import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { publishChange } from '../../../lambdas/partners/publish-change.ts';
import { readPush } from '../../../lambdas/store/partners/pushes.ts';
import { deliverPush } from '../../../lambdas/webhooks/deliver-push.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import type { ReceivingPartner } from '../partners/receiving-partner.ts';
import type { Document } from '../partners/roaming-plant.ts';
import { havePushes } from './push-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const minutes = (count: number): number => count * 60_000;

const of = (taken: ReceivingPartner['taken'], module: string) =>
  taken.filter(({ path }) => path.startsWith(module)).map(({ method, body }) => [method, body]);

describe('the losses of a delivery', () => {
  it('the first hundred are kept with it, and the number of the others', async () => {
    const plant = await havePushes(database, '2.1.1');
    const { begin, uid, settle, locationId, operator, partner, run } = plant;
    await begin(uid);
    await settle();
    const { operatorId } = operator;
    const { partnerId } = partner;
    const list = { operatorId, scope: '-', module: 'locations' } as const;
    const lastUpdated = '2099-01-01T00:00:00.000Z';
    await publishChange<PartnerLocation>(database, list, locationId, (location) => {
      const [evse] = location?.evses ?? [];
      const capabilities = ['CHARGING_PREFERENCES_CAPABLE'];
      return location && evse === undefined
        ? undefined
        : ({
            ...{ ...location, lastUpdated },
            evses: Array.from({ length: 120 }, (_, n) => ({
              ...{ ...evse, uid: `E${n}`, capabilities, lastUpdated },
            })),
          } as PartnerLocation);
    });
    const push = { kind: 'push', module: 'locations', objectId: locationId } as const;
    await run([{ ...push, operatorId, partnerId, waitSeconds: 0 }]);
    const at = `/partners/${partnerId}`;
    const { body: shown } = await operator.call('GET', `${at}/deliveries/locations.${locationId}`);
    const { body: all } = await operator.call('GET', `${at}/losses?module=locations`);
    const [{ losses } = { losses: [] }] = all['items'] as { readonly losses: object[] }[];
    expect(losses.length).toBeGreaterThan(100);
    expect(shown['losses']).toEqual(losses.slice(0, 100));
    expect(shown['lossesLeftOut']).toBe(losses.length - 100);
  });
});

describe.each([...ocpiVersions])('pushes to a partner of OCPI %s', (version) => {
  it('a session is sent whole, then its changes, and its CDR is posted once', async () => {
    const { begin, uid, settle, receiving, clock, partner, operator } = await havePushes(
      database,
      version,
    );
    const session = await begin(uid);
    await settle();
    await session.read(4000);
    clock.at += minutes(2);
    await settle();
    await settle();
    await session.end();
    clock.at += minutes(2);
    await settle();
    await settle();

    const sent = of(receiving.taken, 'sessions');
    expect(sent).toMatchObject([
      ['PUT', { id: session.sessionId, status: 'ACTIVE', kwh: 0 }],
      ['PATCH', { kwh: 4 }],
      [version === '2.1.1' ? 'PUT' : 'PATCH', { status: 'COMPLETED', kwh: 10 }],
    ]);
    expect(sent[1]?.[1]).not.toHaveProperty('id');
    const bill = await session.cdr();
    expect(receiving.posted).toEqual([bill['cdrId']]);
    // It holds exactly what it would read.
    const [readSession] = await partner.list('sessions');
    const { operatorId } = operator;
    const { partnerId } = partner;
    const name = {
      operatorId,
      partnerId,
      module: 'cdrs' as const,
      objectId: String(bill['cdrId']),
    };
    const push = await readPush(database, name);
    expect(push?.location).toBe(`https://partner.example/receive/cdrs/of-ours/${bill['cdrId']}`);
    const held = [...receiving.held.entries()].find(([path]) => path.startsWith('sessions'))?.[1];
    expect(held?.['status']).toBe('COMPLETED');
    expect(held?.['last_updated']).toBe((readSession as Document)['last_updated']);
  });

  it('the status of an EVSE is sent as a change of the EVSE alone', async () => {
    const { begin, uid, settle, receiving, locationId, operator, partner, run } = await havePushes(
      database,
      version,
    );
    await begin(uid);
    await settle();
    receiving.taken.length = 0;
    const { operatorId } = operator;
    const list = { operatorId, scope: '-', module: 'locations' } as const;
    const lastUpdated = '2099-01-01T00:00:00.000Z';
    await publishChange<PartnerLocation>(
      database,
      list,
      locationId,
      (location) =>
        location && {
          ...location,
          lastUpdated,
          evses: location.evses.map((evse) => ({ ...evse, status: 'CHARGING', lastUpdated })),
        },
    );
    const { partnerId } = partner;
    const of = { operatorId, partnerId, module: 'locations', objectId: locationId } as const;
    await run([{ kind: 'push', ...of, waitSeconds: 0 }]);

    expect(receiving.taken).toMatchObject([
      {
        method: 'PATCH',
        path: expect.stringMatching(new RegExp(`^locations/DE/OUR/${locationId}/[0-9a-f]{32}$`)),
        body: { status: 'CHARGING', last_updated: '2099-01-01T00:00:00Z' },
      },
    ]);
    expect(Object.keys(receiving.taken[0]?.body ?? {})).toHaveLength(2);
    expect(receiving.held.get(`locations/DE/OUR/${locationId}`)).toMatchObject({
      evses: [{ status: 'CHARGING' }],
    });
  });
});

describe('pushes to a partner', () => {
  it('a session of which nothing but energy changes is pushed once a minute, and anything else at once', async () => {
    const { begin, uid, settle, receiving, clock } = await havePushes(database, '2.2.1');
    const session = await begin(uid);
    await settle();
    for (const wh of [1000, 2000, 3000, 4000]) {
      await session.read(wh);
      clock.at += 5_000;
      await settle();
    }
    expect(of(receiving.taken, 'sessions')).toHaveLength(1);
    await settle(clock.at + minutes(2));
    expect(of(receiving.taken, 'sessions')).toMatchObject([
      ['PUT', { kwh: 0 }],
      ['PATCH', { kwh: 4 }],
    ]);
    await session.read(5000);
    await settle();
    await session.end();
    await settle();
    expect(of(receiving.taken, 'sessions').at(-1)).toMatchObject([
      'PATCH',
      { status: 'COMPLETED' },
    ]);
  });

  it('a partner without the endpoint of a module gets nothing of it, and reads it instead', async () => {
    const { begin, uid, settle, receiving, partner, deliveries } = await havePushes(
      database,
      '2.2.1',
      ['cdrs'],
    );
    const session = await begin(uid);
    await session.end();
    await settle();

    expect(receiving.taken.map(({ path }) => path)).toEqual(['cdrs']);
    expect(await partner.list('sessions')).toHaveLength(1);
    expect(await deliveries()).toEqual([]);
  });

  it('a CDR that is refused is listed with the reason and tried for 14 days, then given up and still listed', async () => {
    const { begin, uid, settle, receiving, clock, deliveries } = await havePushes(
      database,
      '2.2.1',
      ['cdrs'],
    );
    receiving.fails = () => 'refuses';
    const session = await begin(uid);
    await session.end();
    const began = clock.at;
    await settle();
    const { cdrId } = await session.cdr();
    expect(await deliveries()).toMatchObject([
      {
        ...{ module: 'cdrs', objectId: cdrId, state: 'pending', attempts: 1 },
        lastFailure: { http: 200, statusCode: 2001, message: expect.stringContaining('refused') },
      },
    ]);
    await settle(began + 13 * 86_400_000);
    expect(await deliveries()).toMatchObject([{ state: 'pending' }]);
    await settle(began + 16 * 86_400_000);
    expect(await deliveries()).toMatchObject([{ objectId: cdrId, state: 'failed' }]);
    expect(clock.at - began).toBeLessThan(15 * 86_400_000);
  });

  it('a partner that comes back gets its CDR, and nothing is listed any more', async () => {
    const { begin, uid, settle, receiving, clock, deliveries } = await havePushes(
      database,
      '2.2.1',
      ['cdrs'],
    );
    receiving.fails = () => 'is-down';
    await (await begin(uid)).end();
    await settle(clock.at + minutes(30));
    expect(await deliveries()).toHaveLength(1);
    receiving.fails = () => 'not';
    await settle(clock.at + minutes(120));

    expect(receiving.posted).toHaveLength(1);
    expect(await deliveries()).toEqual([]);
  });

  it('a partner that is left alone gets a short attempt when its time has come, and the usual ones once it is back', async () => {
    const { begin, uid, settle, receiving, clock } = await havePushes(database, '2.2.1', ['cdrs']);
    const times: (number | undefined)[] = [];
    receiving.fails = ({ milliseconds }) => {
      times.push(milliseconds);
      return 'loses-its-answer';
    };
    for (let n = 0; n < 3; n += 1) await (await begin(uid)).end();
    await settle();
    expect(times).toEqual([undefined, undefined, undefined]);
    await settle(clock.at + minutes(3));
    expect(times.slice(3)).toContain(5_000);
    expect(times.slice(3)).not.toContain(undefined);
    times.length = 0;
    receiving.fails = ({ milliseconds }) => {
      times.push(milliseconds);
      return 'not';
    };
    await settle(clock.at + minutes(60));
    expect(times).toEqual([5_000, undefined, undefined]);
  });

  it('a suspended partner gets nothing until it is resumed', async () => {
    const { begin, uid, settle, receiving, clock, deliveries, operator, partner } =
      await havePushes(database, '2.2.1', ['cdrs']);
    await (await begin(uid)).end();
    await operator.call('POST', `/partners/${partner.partnerId}/suspend`);
    await settle();
    expect(receiving.taken).toEqual([]);
    expect(await deliveries()).toMatchObject([
      { lastFailure: { message: 'The partner is suspended.' } },
    ]);
    await operator.call('POST', `/partners/${partner.partnerId}/resume`);
    await settle(clock.at + minutes(5));
    expect(receiving.posted).toHaveLength(1);
  });

  it('two functions that push one object at once send it once, one after the other', async () => {
    const { begin, uid, publish, pushes, pushing, run, receiving, clock } = await havePushes(
      database,
      '2.2.1',
      ['sessions'],
    );
    await begin(uid);
    await publish();
    const [message] = pushes.splice(0);
    if (message === undefined) throw new Error('nothing to push');
    const outcomes = await Promise.all([
      deliverPush(pushing, message),
      deliverPush(pushing, message),
    ]);
    expect(outcomes).toContain('delivered');
    await run([], clock.at + minutes(1));
    expect(receiving.taken).toHaveLength(1);
  });

  it('the requests carry the partner’s token and whom they are from and for', async () => {
    const { begin, uid, settle, receiving } = await havePushes(database, '2.2.1', ['cdrs']);
    const headers: Document[] = [];
    receiving.fails = (request) => {
      headers.push(request.headers);
      return 'not';
    };
    await (await begin(uid)).end();
    await settle();

    expect(headers).toMatchObject([
      {
        authorization: `Token ${Buffer.from('TOKEN-B').toString('base64')}`,
        ...{ 'OCPI-from-country-code': 'DE', 'OCPI-from-party-id': 'OUR' },
        ...{ 'OCPI-to-country-code': 'NL', 'OCPI-to-party-id': 'PAR' },
      },
    ]);
  });
});
