import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { PushMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveCpo } from '../ocpi/cpo-partner.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { openQueue } from '../webhooks/push-plant.ts';
import { receivingPartner } from './receiving-partner.ts';
import { addPartner, type Document } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const first = { countryCode: 'DE', partyId: 'EMS' };
const second = { countryCode: 'AT', partyId: 'ALP' };
const named = (party: object, ...more: readonly string[]) => ({
  ...{ ...party, businessName: 'Ours' },
  roles: ['EMSP', ...more],
});

/** An operator that is two parties of drivers, the first of chargers as well. */
const haveEmsps = async (): Promise<TestOperator> => {
  const operator = await newOperator(database);
  const parties = { ...named(first, 'CPO'), furtherParties: [named(second)] };
  expect((await operator.call('PUT', '/settings/ocpi', parties)).status).toBe(200);
  return operator;
};

const withoutTime = ({ last_updated: _, ...others }: Document) => others;

let partners = 0;

/** A CPO that takes the tokens of an operator, and the queues between the two. */
const haveTaker = async (version: string, known?: TestOperator, more: object = {}) => {
  const operator = known ?? (await haveEmsps());
  partners += 1;
  const partner = await haveCpo(database, operator, version, `P${partners}`, more);
  const clock = { at: Date.now() };
  const receiving = receivingPartner(() => clock.at);
  const queue = openQueue(database, partner, receiving, clock);
  const pushes: PushMessage[] = [];
  /** Has a token looked at as its change at the API does. */
  const look = async (tokenId: string, shownFrom?: string): Promise<void> => {
    const { operatorId } = operator;
    const message = { kind: 'token' as const, operatorId, tokenId };
    clock.at += 10;
    await takeMessage(
      {
        ...{ database, send: async () => {}, services: partner.services, now: () => clock.at },
        push: async (sent) => {
          const own = sent.filter((one) => one.kind === 'push');
          pushes.push(...own.filter(({ partnerId }) => partnerId === partner.partnerId));
        },
      },
      shownFrom === undefined ? message : { ...message, shownFrom },
    );
  };
  /** Delivers what is due, or becomes due until then. */
  const deliver = async (until?: number) => await queue.run(pushes.splice(0), until);
  const settle = async (...tokenIds: readonly string[]): Promise<void> => {
    for (const tokenId of tokenIds) await look(tokenId);
    await deliver();
  };
  const taken = () =>
    receiving.taken.splice(0).map(({ method, path, body }) => [method, path, body] as const);
  const listed = async () => (await partner.send('GET', 'tokens')).data as readonly Document[];
  const put = async (tokenId: string, form: object) =>
    expect((await operator.call('PUT', `/tokens/${tokenId}`, form)).status).toBe(200);
  const make = async (tokenId: string, form: object = {}) =>
    expect((await operator.call('POST', '/tokens', { tokenId, ...form })).status).toBe(201);
  return {
    ...{ operator, partner, clock, receiving, pushes, look, deliver },
    ...{ settle, taken, listed, put, make },
  };
};

const minutes = (count: number): number => count * 60_000;

describe.each([...ocpiVersions])('our tokens at a partner of OCPI %s', (version) => {
  const contract = (uid: string) =>
    version === '2.1.1'
      ? { auth_id: uid }
      : { country_code: 'DE', party_id: 'EMS', contract_id: uid };

  it('one is sent whole when it is made, then what changed of it: blocked or deleted it is not valid', async () => {
    const { make, put, settle, taken, listed, receiving, operator } = await haveTaker(version);
    const at = 'tokens/DE/EMS/CARD-1';
    const stamp = expect.any(String);
    await make('CARD-1');
    await settle('CARD-1', 'CARD-1');
    await settle('CARD-1');
    expect(taken()).toEqual([
      [
        ...['PUT', at],
        {
          ...{ ...contract('CARD-1'), uid: 'CARD-1', type: 'RFID', issuer: 'Ours' },
          ...{ valid: true, whitelist: 'ALLOWED', last_updated: stamp },
        },
      ],
    ]);
    await put('CARD-1', { status: 'Blocked' });
    await settle('CARD-1');
    await put('CARD-1', { status: 'Accepted', accountId: 'fleet' });
    await settle('CARD-1');
    await operator.call('DELETE', '/tokens/CARD-1');
    await settle('CARD-1');
    expect(taken()).toEqual([
      ['PATCH', at, { valid: false, last_updated: stamp }],
      ['PATCH', at, { valid: true, whitelist: 'NEVER', last_updated: stamp }],
      ['PATCH', at, { valid: false, last_updated: stamp }],
    ]);
    // It holds exactly what it would read.
    expect(await listed()).toEqual([receiving.held.get(at)]);
  });

  it('changes while the partner is away are one push when it is back', async () => {
    const { make, put, settle, taken, receiving, deliver, clock, operator, partner } =
      await haveTaker(version);
    await make('CARD-1');
    receiving.fails = () => 'is-down';
    await settle('CARD-1');
    for (const status of ['Blocked', 'Accepted', 'Blocked']) {
      await put('CARD-1', { status });
      await settle('CARD-1');
    }
    const at = `/partners/${partner.partnerId}/deliveries`;
    expect((await operator.call('GET', at)).body['items']).toMatchObject([
      { module: 'tokens', objectId: 'CARD-1', state: 'pending' },
    ]);
    receiving.fails = () => 'not';
    await deliver(clock.at + minutes(10));
    expect(taken()).toMatchObject([['PUT', 'tokens/DE/EMS/CARD-1', { valid: false }]]);
    expect((await operator.call('GET', at)).body['items']).toEqual([]);
    expect((await operator.call('GET', `${at}/tokens.CARD-1`)).body).toMatchObject({
      ...{ module: 'tokens', objectId: 'CARD-1', state: 'delivered' },
    });
  });

  it('a change that the partner does not take is sent whole the next time', async () => {
    const { make, put, settle, taken, receiving, deliver, clock } = await haveTaker(version);
    await make('CARD-1');
    await settle('CARD-1');
    taken();
    receiving.held.clear();
    await put('CARD-1', { status: 'Blocked' });
    await settle('CARD-1');
    await deliver(clock.at + minutes(1));
    expect(taken().map(([method]) => method)).toEqual(['PATCH', 'PUT']);
    expect([...receiving.held.values()]).toMatchObject([{ uid: 'CARD-1', valid: false }]);
  });

  it('a partner has the tokens of the parties that it is connected to, and one that leaves them is not valid any more', async () => {
    const { make, put, settle, taken } = await haveTaker(version, undefined, {
      ourParties: [second],
    });
    await make('OF-FIRST');
    await make('OF-SECOND', { party: second });
    await settle('OF-FIRST', 'OF-SECOND');
    expect(taken()).toMatchObject([['PUT', 'tokens/AT/ALP/OF-SECOND', { valid: true }]]);
    await put('OF-SECOND', { party: first });
    await settle('OF-SECOND', 'OF-SECOND');
    expect(taken()).toMatchObject([['PUT', 'tokens/AT/ALP/OF-SECOND', { valid: false }]]);
    await put('OF-SECOND', { party: second });
    await settle('OF-SECOND');
    expect(taken()).toMatchObject([['PUT', 'tokens/AT/ALP/OF-SECOND', { valid: true }]]);
  });

  it('nothing is sent by an operator without drivers, and none of the tokens of a partner’s drivers', async () => {
    const { settle, taken, make, operator, look, pushes } = await haveTaker(version);
    const emsp = await addPartner(database, operator, version, { receivers: ['tokens'] });
    await emsp.pushToken('THEIRS');
    await settle('THEIRS', 'NOBODY');
    expect(taken()).toEqual([]);
    await make('CARD-1');
    const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: ['CPO'] };
    await operator.call('PUT', '/settings/ocpi', party);
    await look('CARD-1');
    expect(pushes).toEqual([]);
  });
});

describe('our tokens at partners', () => {
  it('the look for a call that may have died sends what that changed, however often it is repeated, and nothing that another look has shown', async () => {
    const { make, put, look, pushes, clock } = await haveTaker('2.2.1');
    const lookLater = async () => {
      const before = pushes.length;
      await look('CARD-1', new Date(clock.at + 5).toISOString());
      return pushes.length - before;
    };
    const repeat = async (shownFrom: string) => {
      const before = pushes.length;
      await look('CARD-1', shownFrom);
      return pushes.length - before;
    };
    await make('CARD-1');
    await look('CARD-1');
    expect(await lookLater()).toBe(0);

    await put('CARD-1', { status: 'Blocked' });
    const shownFrom = new Date(clock.at + 5).toISOString();
    expect(await repeat(shownFrom)).toBe(1);
    // As where it ended between what partners see and the push.
    expect(await repeat(shownFrom)).toBe(1);
    expect(await lookLater()).toBe(0);
  });

  it.each(['2.2.1', '2.3.0'])(
    'one that goes to another party is not valid at the first, and whole at the other, in OCPI %s',
    async (version) => {
      const { make, put, settle, taken } = await haveTaker(version);
      await make('CARD-1');
      await settle('CARD-1');
      taken();
      await put('CARD-1', { party: second });
      await settle('CARD-1');
      expect(taken()).toMatchObject([
        ['PUT', 'tokens/DE/EMS/CARD-1', { party_id: 'EMS', country_code: 'DE', valid: false }],
        ['PUT', 'tokens/AT/ALP/CARD-1', { party_id: 'ALP', country_code: 'AT', valid: true }],
      ]);
    },
  );

  it('whatever order and number messages have, a partner ends with what it would read, and gets no state twice', async () => {
    const step = fc.constantFrom('block', 'accept', 'delete', 'make', 'look', 'deliver', 'repeat');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const plant = await haveTaker('2.2.1');
        const { operator, look, deliver, pushes, receiving, settle, listed } = plant;
        const put = (status: string) => operator.call('PUT', '/tokens/CARD-1', { status });
        const does: Record<string, () => Promise<unknown>> = {
          block: () => put('Blocked'),
          accept: () => put('Accepted'),
          delete: () => operator.call('DELETE', '/tokens/CARD-1'),
          make: () => operator.call('POST', '/tokens', { tokenId: 'CARD-1' }),
          look: () => look('CARD-1'),
          deliver: () => deliver(),
          repeat: async () => pushes.push(...pushes),
        };
        await operator.call('POST', '/tokens', { tokenId: 'CARD-1' });
        for (const name of steps) await does[name]?.();
        await settle('CARD-1');
        // A state that went and came back before it was sent is not sent: its time alone differs.
        const theirs = [...receiving.held.values()];
        const ours = await listed();
        expect(theirs.map(withoutTime)).toEqual(ours.map(withoutTime));
        const times = ours.map(({ last_updated: time }) => String(time));
        expect(theirs.every((one, n) => String(one['last_updated']) <= String(times[n]))).toBe(
          true,
        );
        const valid = receiving.taken.map(({ body }) => body['valid']);
        expect(valid.every((one, n) => one !== valid[n - 1])).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('every token is looked at when the operator becomes an eMSP, and each that partners did not see is pushed once', async () => {
    const { operator, partner, make, receiving, clock, deliver, pushes } = await haveTaker('2.2.1');
    const ids = Array.from({ length: 60 }, (_, n) => `CARD-${n}`);
    for (const id of ids) await make(id);
    const { operatorId } = operator;
    const messages: PartnerMessage[] = [];
    const send = async (sent: readonly PartnerMessage[]) => void messages.push(...sent);
    const push = async (sent: readonly object[]) => void pushes.push(...(sent as PushMessage[]));
    const surroundings = {
      ...{ database, services: partner.services, send, push },
      now: () => clock.at,
    };
    for (let round = 0; round < 2; round += 1) {
      messages.push({ kind: 'tokens', operatorId });
      for (let next = messages.shift(); next !== undefined; next = messages.shift()) {
        await takeMessage(surroundings, next);
      }
    }
    expect(pushes).toHaveLength(60);
    await deliver();
    expect(receiving.held.size).toBe(60);
  });
});
