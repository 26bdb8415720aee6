import '../quiet.ts';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteUnknownCharger } from '../../../lambdas/authorizer/note-unknown-charger.ts';
import { type Handshake, verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { afterFirst } from '../../contracts/after-first.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let slug: string;
let operators = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
beforeEach(async () => {
  operators += 1;
  operator = await newOperator(database, `Operator ${operators}`);
  const { body } = await operator.call('POST', '/chargers', { chargerId: 'KNOWN' });
  slug = (body as { urls: { basic: string } }).urls.basic.split('/').at(-2) ?? '';
});
afterAll(async () => {
  await database.stop();
});

/** Tries to connect as the authorizer does it; gives the verdict. */
const knock = async (chargerId: string, more: Partial<Handshake> = {}, now = Date.now()) => {
  const handshake = { operatorSlug: slug, chargerId, offers: ['ocpp2.0.1'], ...more };
  const verdict = await verifyCharger(database, handshake);
  if (verdict.kind === 'unknown-charger' && verdict.attempt !== undefined) {
    await noteUnknownCharger(database, { ...verdict.attempt, address: '192.0.2.7', now });
  }
  return verdict.kind;
};

const open = async (places: number, hours = 24) =>
  await operator.call('PUT', '/settings/admission', { waitingRoom: { places, hours } });

const waiting = async () =>
  ((await operator.call('GET', '/waiting-chargers')).body.items ?? []).map(
    ({ chargerId }) => chargerId,
  );

const hoursAgo = (hours: number): number => Date.now() - hours * 3_600_000;

describe('a charger that nobody registered', () => {
  it('an unknown charger is turned away, and waits where its operator has a waiting room', async () => {
    expect(await knock('NEW-1')).toBe('unknown-charger');
    expect(await waiting()).toEqual([]);

    await open(5);
    expect(await knock('NEW-1')).toBe('unknown-charger');
    expect((await operator.call('GET', '/waiting-chargers')).body.items).toEqual([
      {
        chargerId: 'NEW-1',
        ocppVersion: '2.0.1',
        address: '192.0.2.7',
        firstSeenAt: expect.any(String),
        lastSeenAt: expect.any(String),
      },
    ]);
  });

  it('nobody waits who names no operator, has an impossible id, or is known and has a wrong password', async () => {
    await open(5);

    await knock('NEW-2', { operatorSlug: undefined });
    await knock('x'.repeat(60));
    await knock('NEW-3', { operatorSlug: 'nobody' });
    expect(await knock('KNOWN')).toBe('wrong-password');
    expect(await waiting()).toEqual([]);
  });

  it('of forty that come at once exactly as many wait as there are places, and the others cost no further write', async () => {
    await open(5);

    await Promise.all(Array.from({ length: 40 }, (_none, n) => knock(`CROWD-${n}`)));
    expect(await waiting()).toHaveLength(5);

    const { writes } = await countRequests(database, () => knock('LATE'));
    expect(writes).toEqual([]);
    const [first] = await waiting();
    expect((await countRequests(database, () => knock(String(first)))).writes).toEqual([]);
  });

  it('a charger that does not come again is forgotten when its time is over, and makes room', async () => {
    await open(1, 2);
    await knock('OLD', {}, hoursAgo(3));
    expect(await waiting()).toEqual([]);

    await knock('NEXT');
    expect(await waiting()).toEqual(['NEXT']);
  });

  it('a charger that is adopted is registered with credentials and waits no more', async () => {
    await open(5);
    await knock('NEW-4');

    const adopted = await operator.call('POST', '/waiting-chargers/new-4/adopt', { connectors: 2 });
    expect(adopted.status).toBe(201);
    expect(adopted.body).toMatchObject({ chargerId: 'NEW-4', password: expect.any(String) });
    expect(await waiting()).toEqual([]);
    const authorization = `Basic ${btoa(`NEW-4:${adopted.body['password']}`)}`;
    expect(await knock('NEW-4', { authorization })).toBe('accepted');
    expect(await operator.call('POST', '/waiting-chargers/new-4/adopt')).toMatchObject({
      code: 'WAITING_CHARGER_NOT_FOUND',
    });
  });

  it('a charger that is dismissed is not shown again before its time is over', async () => {
    await open(5, 24);
    await knock('NEW-5', {}, hoursAgo(1));

    expect((await operator.call('DELETE', '/waiting-chargers/NEW-5')).status).toBe(204);
    await knock('NEW-5');
    expect(await waiting()).toEqual([]);
    expect(await operator.call('DELETE', '/waiting-chargers/NEW-5')).toMatchObject({
      code: 'WAITING_CHARGER_NOT_FOUND',
    });
  });

  it('a charger that is registered without being adopted waits no more', async () => {
    await open(5);
    await knock('NEW-8');
    await knock('NEW-9');
    await operator.call('POST', '/chargers', { chargerId: 'new-8' });

    expect(await waiting()).toEqual(['NEW-9']);
    expect(await operator.call('POST', '/waiting-chargers/NEW-8/adopt')).toMatchObject({
      code: 'WAITING_CHARGER_NOT_FOUND',
    });
  });

  it.each(['dismissed', 'adopted'])(
    'a charger that is %s while it tries to connect does not wait again',
    async (what) => {
      await open(5);
      await knock('NEW-10', {}, hoursAgo(1));
      const path = '/waiting-chargers/NEW-10';
      const disturbed = afterFirst(database, GetItemCommand, async () => {
        await (what === 'adopted'
          ? operator.call('POST', `${path}/adopt`)
          : operator.call('DELETE', path));
      });
      const attempt = { operatorId: operator.operatorId, chargerId: 'NEW-10' } as const;
      await noteUnknownCharger(disturbed, { ...attempt, protocol: 'ocpp1.6', now: Date.now() });

      expect(await waiting()).toEqual([]);
      if (what === 'adopted') await operator.call('DELETE', '/chargers/NEW-10');
      expect(await waiting()).toEqual([]);
    },
  );

  it('no id takes a place without being shown and forgotten', async () => {
    await open(3, 2);
    const odd = ['__proto__', 'constructor', 'A.B:C@D'];
    for (const chargerId of odd) await knock(chargerId, {}, hoursAgo(1));
    expect([...(await waiting())].sort()).toEqual([...odd].sort());

    await open(3, 1);
    for (const chargerId of ['N-1', 'N-2', 'N-3']) await knock(chargerId, {}, Date.now() + 5_000);
    expect(await waiting()).toEqual(['N-1', 'N-2', 'N-3']);
  });

  it('a waiting room that is closed forgets who was in it', async () => {
    await open(5);
    await knock('NEW-6');
    await open(0);
    await knock('NEW-7');
    await open(5);

    expect(await waiting()).toEqual([]);
  });
});
