import '../quiet.ts';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { pushTo } from '../../../lambdas/partners/push-to-partners.ts';
import { askPartners } from '../../../lambdas/roaming/ask-partners.ts';
import {
  keepCommandedToken,
  readRoamingToken,
} from '../../../lambdas/store/partners/partner-tokens.ts';
import {
  changePartner,
  createPartner,
  readPartner,
} from '../../../lambdas/store/partners/partners.ts';
import { keyAttributes } from '../../../lambdas/store/table/keys/key.ts';
import { settingsKey } from '../../../lambdas/store/table/keys/operator-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { addPartner, openRoaming, type TestPartner } from '../partners/roaming-plant.ts';
import { newOperator, plugIn } from '../plant.ts';

let database: TestDatabase;
let uids = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const newUid = (): string => {
  uids += 1;
  return `ASK-${uids}`;
};

const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
const evses = [
  { evseId: 1, connectors: [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }] },
];

type IdTagInfo = { readonly status: string; readonly expiryDate?: string };

/** A charger of an operator, whose questions go to the platforms of partners. `now` is our clock. */
async function plugInAsking(
  operator: { readonly operatorId: string },
  chargerId: string,
  partners: readonly TestPartner[],
) {
  const charger = await plugIn(database, keyOf(operator.operatorId, chargerId));
  let now = Date.now();
  const request: TestPartner['platform']['request'] = async (asked) => {
    for (const { platform } of partners) {
      if (platform.answers.has(asked.url)) return await platform.request(asked);
    }
    return { kind: 'answered', status: 404, headers: {}, body: '' };
  };
  const keyOfPartner: TestPartner['services']['keyOf'] = async () =>
    (await partners[0]?.services.keyOf()) ?? Buffer.alloc(32);
  const services = { request, keyOf: keyOfPartner, now: () => now };
  const call = async (action: string, payload: object): Promise<Record<string, unknown>> => {
    const step = {
      ...{ ...charger.step, now },
      askPartners: async (asked: Parameters<typeof askPartners>[2]) =>
        await askPartners(database, services, asked),
    };
    const text = await answerMessage(step, JSON.stringify([2, 'm1', action, payload]));
    return JSON.parse(text ?? 'null')[2];
  };
  return {
    authorize: async (idTag: string) =>
      (await call('Authorize', { idTag }))['idTagInfo'] as IdTagInfo,
    start: async (idTag: string, timestamp = new Date(now).toISOString()) =>
      (await call('StartTransaction', { connectorId: 1, idTag, meterStart: 0, timestamp }))[
        'idTagInfo'
      ] as IdTagInfo,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** An operator with a charger at a published location, and a partner that answers about tokens. */
async function haveAsked(version: string) {
  const roaming = await openRoaming(database);
  const { operator, locationId, tariffId } = roaming;
  const partner = await addPartner(database, operator, version, { senders: ['tokens'] });
  const chargerId = `ASK-${uids}`;
  const form = { chargerId, tariffId, locationId, connectors: 1, evses };
  expect((await operator.call('POST', '/chargers', form)).status).toBe(201);
  await roaming.publish();
  const charger = await plugInAsking(operator, chargerId, [partner]);
  const urlOf = (uid: string): string =>
    `https://partner.example/receive/tokens/${uid}/authorize?${version === '2.1.1' ? 'token_type' : 'type'}=RFID`;
  const tokenOf = (uid: string, more: object) => ({
    ...{ country_code: 'NL', party_id: 'PAR', uid, type: 'RFID', contract_id: `NL-PAR-${uid}` },
    ...{ issuer: 'Partner', valid: true, whitelist: 'NEVER' },
    last_updated: '2026-04-14T16:30:00Z',
    ...more,
  });
  /** The partner's answer about a token from now on. */
  const answer = (uid: string, allowed: string, more: object = {}): void => {
    const info = version === '2.1.1' ? { allowed } : { allowed, token: tokenOf(uid, more) };
    const reference = version === '2.1.1' ? {} : { authorization_reference: 'A-77' };
    const timestamp = '2026-04-14T16:30:00Z';
    partner.platform.answers.set(urlOf(uid), {
      status: 200,
      body: JSON.stringify({ data: { ...info, ...reference }, status_code: 1000, timestamp }),
    });
  };
  /** Has the partner be away for questions about a token. */
  const vanish = (uid: string): void =>
    void partner.platform.answers.set(urlOf(uid), { status: 0 });
  const questions = () =>
    partner.platform.requests.filter(({ url }) => url.includes('/authorize?')).length;
  return { ...roaming, partner, charger, answer, vanish, questions };
}

describe.each([...ocpiVersions])('a driver of a partner of OCPI %s at our charger', (version) => {
  it('a token that nobody knows charges if its partner allows it, which is asked once until the session begins', async () => {
    const { charger, answer, questions, partner, publish, locationId } = await haveAsked(version);
    const uid = newUid();
    answer(uid, 'ALLOWED');

    const asked = await charger.authorize(uid);
    expect(asked).toMatchObject({ status: 'Accepted', expiryDate: expect.any(String) });
    const [question] = partner.platform.requests.filter(({ url }) => url.includes('/authorize?'));
    expect(JSON.parse(question?.body ?? '{}')).toMatchObject({ location_id: locationId });
    expect(question?.headers['OCPI-to-party-id']).toBe(version === '2.1.1' ? undefined : 'PAR');

    expect((await charger.start(uid)).status).toBe('Accepted');
    expect(questions()).toBe(1);
    await publish();
    const [session] = await partner.list('sessions');
    expect(JSON.parse(writeJsonLiterals(session as never))).toMatchObject({
      auth_method: 'AUTH_REQUEST',
      ...(version === '2.1.1'
        ? { auth_id: uid }
        : { cdr_token: { uid, contract_id: `NL-PAR-${uid}` }, authorization_reference: 'A-77' }),
    });
  });

  it('a driver whom a partner allows at the start pays by the price list of that partner', async () => {
    const { charger, answer, partner, operator, tariffId } = await haveAsked(version);
    const priced = { name: 'Theirs', currency: 'EUR', perKwh: '0.40', vatPercent: '19' };
    const cheaper = String((await operator.call('POST', '/tariffs', priced)).body['tariffId']);
    await operator.call('PATCH', `/partners/${partner.partnerId}`, {
      tariffIds: { [tariffId]: cheaper },
    });
    const uid = newUid();
    answer(uid, 'ALLOWED');

    expect((await charger.start(uid)).status).toBe('Accepted');
    const { items } = (await operator.call('GET', '/sessions')).body;
    expect(items).toMatchObject([{ tokenId: uid, tariffId: cheaper }]);
  });

  it('a token that nobody knew when it was asked about is as its partner says once it is pushed', async () => {
    const { charger, answer, partner, operator } = await haveAsked(version);
    const uid = newUid();
    answer(uid, 'ALLOWED');
    expect((await charger.authorize(uid)).status).toBe('Accepted');
    await partner.pushToken(uid, { last_updated: '2026-04-14T17:00:00Z' });
    const kept = await readRoamingToken(database, operator.operatorId, uid);
    expect(kept?.token).toMatchObject({ contractId: `NL-PAR-${uid}`, whitelist: 'ALWAYS' });
  });

  it.each(['NEVER', 'SOMETIMES'])(
    'a token with whitelist %s is asked about each time, and does not charge without an answer',
    async (whitelist) => {
      const { charger, answer, vanish, questions, partner, operator } = await haveAsked(version);
      const uid = newUid();
      await partner.pushToken(uid, { whitelist });
      const kept = await readRoamingToken(database, operator.operatorId, uid);
      expect(kept?.token.whitelist).toBe(whitelist);
      answer(uid, 'ALLOWED');
      expect((await charger.authorize(uid)).status).toBe('Accepted');
      charger.pass(6 * 60_000);

      answer(uid, 'BLOCKED');
      expect((await charger.authorize(uid)).status).toBe('Blocked');
      answer(uid, 'NO_CREDIT');
      expect((await charger.start(uid)).status).toBe('Blocked');
      expect(questions()).toBe(3);
      vanish(uid);
      expect(await charger.authorize(uid)).toEqual({ status: 'Invalid' });
    },
  );

  it('ALLOWED_OFFLINE charges where its partner does not answer, ALWAYS and ALLOWED without being asked about', async () => {
    const { charger, answer, vanish, questions, partner } = await haveAsked(version);
    const [offline, always, allowed] = [newUid(), newUid(), newUid()];
    await partner.pushToken(offline, { whitelist: 'ALLOWED_OFFLINE' });
    await partner.pushToken(always, { whitelist: 'ALWAYS' });
    await partner.pushToken(allowed, { whitelist: 'ALLOWED' });

    answer(offline, 'NOT_ALLOWED');
    expect((await charger.authorize(offline)).status).toBe('Invalid');
    vanish(offline);
    expect(await charger.authorize(offline)).toEqual({ status: 'Accepted' });
    const asked = questions();
    expect((await charger.authorize(always)).status).toBe('Accepted');
    expect((await charger.authorize(allowed)).status).toBe('Accepted');
    expect(questions()).toBe(asked);
  });

  it('a token that is not valid is asked about where it is asked about each time, and only there', async () => {
    const { charger, answer, vanish, partner } = await haveAsked(version);
    const [asked, known] = [newUid(), newUid()];
    await partner.pushToken(asked, { whitelist: 'ALLOWED_OFFLINE', valid: false });
    await partner.pushToken(known, { whitelist: 'ALLOWED', valid: false });
    answer(known, 'ALLOWED');

    vanish(asked);
    expect((await charger.authorize(asked)).status).toBe('Blocked');
    answer(asked, 'ALLOWED');
    expect((await charger.authorize(asked)).status).toBe('Accepted');
    expect((await charger.authorize(known)).status).toBe('Blocked');
  });

  it('nobody is asked about the driver of a START_SESSION, whatever the whitelist of its token', async () => {
    const { charger, answer, questions, partner, operator } = await haveAsked(version);
    const uid = newUid();
    await partner.pushToken(uid, { whitelist: 'NEVER' });
    answer(uid, 'BLOCKED');
    const held = await readRoamingToken(database, operator.operatorId, uid);
    if (held === undefined) throw new Error('not pushed');
    const now = Date.now();
    const until = new Date(now + 900_000).toISOString();
    await keepCommandedToken(database, operator.operatorId, uid, held, { until }, until);

    expect((await charger.start(uid)).status).toBe('Accepted');
    expect(questions()).toBe(0);
    charger.pass(901_000);
    expect((await charger.authorize(uid)).status).toBe('Blocked');
  });

  it('a start that comes late is judged without asking', async () => {
    const { charger, answer, questions } = await haveAsked(version);
    const uid = newUid();
    answer(uid, 'ALLOWED');

    const late = new Date(Date.now() - 3_600_000).toISOString();
    expect((await charger.start(uid, late)).status).toBe('Invalid');
    expect(questions()).toBe(0);
  });
});

describe('a token that a partner allows', () => {
  it('a token is refused where its partner answers about another token, or that of another party', async () => {
    const { charger, answer } = await haveAsked('2.2.1');
    const [other, foreign] = [newUid(), newUid()];
    answer(other, 'ALLOWED', { uid: 'SOMEBODY-ELSE' });
    answer(foreign, 'ALLOWED', { party_id: 'XXX' });

    expect((await charger.authorize(other)).status).toBe('Invalid');
    expect((await charger.authorize(foreign)).status).toBe('Invalid');
  });

  it('a partner of 2.1.1 whose CPO we are not, as our first role says, is neither asked nor sent our locations', async () => {
    const { partner, charger, answer, questions, operator } = await haveAsked('2.1.1');
    const kept = await readPartner(database, operator.operatorId, partner.partnerId);
    if (kept?.registration === undefined) throw new Error('not kept');
    const locations = { identifier: 'locations', url: 'https://partner.example/locations' };
    const endpoints = [...kept.registration.endpoints, locations];
    const registration = { ...kept.registration, endpoints };
    const changed = await changePartner(database, kept, {
      ...{ ourRoles: ['EMSP', 'CPO'], registration },
    });
    if (changed === 'changed') throw new Error('changed meanwhile');
    const uid = newUid();
    answer(uid, 'ALLOWED');

    expect((await charger.authorize(uid)).status).toBe('Invalid');
    expect(questions()).toBe(0);
    const pushed = async (one: Partner) => {
      const sent: unknown[] = [];
      const push = async (messages: readonly unknown[]) => void sent.push(...messages);
      await pushTo({ push }, [one], [{ module: 'locations', objectId: 'L' }]);
      return sent.length;
    };
    expect(await pushed(changed)).toBe(0);
    expect(await pushed({ ...changed, ourRoles: ['CPO', 'EMSP'] })).toBe(1);
  });

  it('a partner is asked however many others there are before it that cannot be', async () => {
    const { partner, charger, answer, operator } = await haveAsked('2.2.1');
    const kept = await readPartner(database, operator.operatorId, partner.partnerId);
    if (kept === undefined) throw new Error('not kept');
    const { registration: _registration, ...invited } = kept;
    for (let n = 0; n < 50; n += 1) {
      const partnerId = `ptn_${String(n).padStart(32, '0')}`;
      await createPartner(database, { ...invited, partnerId, accepted: {} });
    }
    const uid = newUid();
    answer(uid, 'ALLOWED');

    expect((await charger.authorize(uid)).status).toBe('Accepted');
  });

  it('a token charges at a charger whose clock is ahead of ours', async () => {
    const { charger, answer, questions } = await haveAsked('2.2.1');
    const uid = newUid();
    answer(uid, 'ALLOWED');
    const ahead = new Date(Date.now() + 3_600_000).toISOString();

    expect((await charger.authorize(uid)).status).toBe('Accepted');
    expect((await charger.start(uid, ahead)).status).toBe('Accepted');
    expect(questions()).toBe(1);
  });

  it('an operator without partners pays nothing for a token that nobody knows', async () => {
    const operator = await newOperator(database);
    const chargerId = newUid();
    await operator.call('POST', '/chargers', { chargerId });
    const charger = await plugInAsking(operator, chargerId, []);

    const authorized = await countRequests(database, async () => await charger.authorize('NOBODY'));
    expect(authorized).toEqual({ reads: ['GetItem'], writes: [] });
    const started = await countRequests(database, async () => await charger.start('NOBODY'));
    expect(started.reads).toHaveLength(1);
  });

  it('a partner that is not to be asked about unknown tokens is asked about its own alone', async () => {
    const { operator, charger, answer, questions, partner } = await haveAsked('2.2.1');
    const at = `/partners/${partner.partnerId}`;
    expect((await operator.call('GET', at)).body).toMatchObject({ askUnknownTokens: true });
    const off = await operator.call('PATCH', at, { askUnknownTokens: false });
    expect(off.body).toMatchObject({ askUnknownTokens: false });
    const [unknown, own] = [newUid(), newUid()];
    answer(unknown, 'ALLOWED');
    answer(own, 'ALLOWED');
    await partner.pushToken(own, { whitelist: 'NEVER' });

    expect((await charger.authorize(unknown)).status).toBe('Invalid');
    expect(questions()).toBe(0);
    expect((await charger.authorize(own)).status).toBe('Accepted');
    expect(questions()).toBe(1);
    await operator.call('PATCH', at, { askUnknownTokens: true });
    expect((await charger.authorize(unknown)).status).toBe('Accepted');
  });

  it('a partner that an earlier version kept is asked about unknown tokens from its next change on', async () => {
    const { operator, answer, partner } = await haveAsked('2.2.1');
    await database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(settingsKey(operator.operatorId)),
        UpdateExpression: 'REMOVE asksPartners',
      }),
    );
    const { body } = await operator.call('GET', '/chargers');
    const [registered] = body['items'] as readonly { readonly chargerId: string }[];
    const charger = await plugInAsking(operator, registered?.chargerId ?? '', [partner]);
    const uid = newUid();
    answer(uid, 'ALLOWED');
    expect((await charger.start(uid)).status).toBe('Invalid');

    await operator.call('PATCH', `/partners/${partner.partnerId}`, { name: 'Drivers' });
    charger.pass(1000);
    expect((await charger.start(uid)).status).toBe('Accepted');
  });

  it('changing the settings of an operator does not make its chargers forget that it has partners', async () => {
    const { operator, charger, answer } = await haveAsked('2.2.1');
    expect((await operator.call('PUT', '/settings', { ignoreTagSpaces: true })).status).toBe(200);
    const uid = newUid();
    answer(uid, 'ALLOWED');

    expect((await charger.start(uid)).status).toBe('Accepted');
  });
});
