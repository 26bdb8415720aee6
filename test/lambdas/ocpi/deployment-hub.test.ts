import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnerCall } from '../../../lambdas/api/partners/partner-calls.ts';
import { sendCommandCall } from '../../../lambdas/api/roaming/roaming-command-calls.ts';
import { answerPartner } from '../../../lambdas/ocpi/answer-partner.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { openToken } from '../../../lambdas/roaming/sealed-token.ts';
import type { SendPartnerMessages } from '../../../lambdas/roaming/send-partner-messages.ts';
import { readPartner } from '../../../lambdas/store/partners/partners.ts';
import { readDuePull } from '../../../lambdas/store/received/pull-schedule.ts';
import { createBreaker } from '../../../lambdas/webhooks/breaker.ts';
import { deliverPush } from '../../../lambdas/webhooks/deliver-push.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { openRoaming } from '../partners/roaming-plant.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import { hubToken, placeOf } from './hub-double.ts';
import { requestOf } from './request-of.ts';

let database: TestDatabase;
let claims = 0;
let parties = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const key = new Uint8Array(32);
const ocpiUrl = 'https://ours.example/ocpi';

/** Calls of our own address, answered as our function of OCPI does. */
const request = requestOf(async (read) => await answerPartner(database, services, read));

const services = {
  ...{ request, keyOf: async () => key, ocpiUrl, now: Date.now },
  sendCommandMessage: async () => {},
};

/** A party of its own, which every test of a deployment has to have. */
const newParty = (): string => {
  parties += 1;
  return `DE ${String(parties).padStart(3, '0')}`;
};

const settingsOf = (name: string, roles: readonly string[]) => {
  const [countryCode, partyId] = name.split(' ');
  return { countryCode, partyId, businessName: name, roles };
};

/** Has an operator join the hub of its deployment. */
async function join(
  { operatorId }: TestOperator,
  roles: ('CPO' | 'EMSP')[] = ['CPO', 'EMSP'],
  pullEveryHours: number | null = null,
  tariffIds: Readonly<Record<string, string>> = {},
  sendPartnerMessages: SendPartnerMessages = testServices.sendPartnerMessages,
) {
  const caller = {
    ...{ ...testServices, sendPartnerMessages },
    ...{ database, operatorId, apiKeyId: 'k', apiKeyName: 'k' },
    now: new Date().toISOString(),
    roaming: async () => services,
  };
  const form = {
    ...{
      name: 'Neighbours',
      roles,
      versions: [],
      quirks: [],
      askUnknownTokens: true,
      negativeCredits: false,
    },
    ...{ ofDeployment: true, pullEveryHours, tariffIds },
  };
  const joined = await createPartnerCall(caller, form, undefined);
  return joined.kind === 'done' ? String(joined.body?.partnerId) : joined.code;
}

/** An operator that is a party and has joined, and calls others through the hub. */
async function haveMember(
  roles: ('CPO' | 'EMSP')[],
  known?: TestOperator,
  pullEveryHours: number | null = null,
) {
  const operator = known ?? (await newOperator(database));
  const name = newParty();
  await operator.call('PUT', '/settings/ocpi', settingsOf(name, roles));
  const partnerId = await join(operator, roles, pullEveryHours);
  const partner = await readPartner(database, operator.operatorId, partnerId);
  const token = openToken(key, String(partner?.registration?.sealedToken));
  const send = async (
    method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
    place: string,
    to: string | undefined,
    body?: unknown,
    from = name,
  ) => {
    const headersOf = (side: string, party: string | undefined) => {
      const [country = '', id = ''] = (party ?? '').split(' ');
      return party === undefined
        ? {}
        : { [`OCPI-${side}-country-code`]: country, [`OCPI-${side}-party-id`]: id };
    };
    const answer = await request({
      ...{ method, url: `${ocpiUrl}/${place}` },
      headers: {
        authorization: `Token ${token}`,
        ...headersOf('to', to),
        ...headersOf('from', from),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (answer.kind !== 'answered') throw new Error('not answered');
    const { status_code, data } = JSON.parse(answer.body) as Golden;
    const { headers } = answer;
    const named = (side: string) =>
      `${headers[`ocpi-${side}-country-code`]} ${headers[`ocpi-${side}-party-id`]}`;
    return {
      http: answer.status,
      statusCode: status_code,
      data,
      headers,
      to: named('to'),
      from: named('from'),
    };
  };
  return { operator, name, partnerId, send };
}

const hub = 'ZZ HUB';

const owned = (name: string) => {
  const [country_code, party_id] = name.split(' ');
  return { country_code, party_id };
};

describe('the hub between the operators of a deployment', () => {
  it('a location of one gets to all others that are eMSP, and to nobody who has not joined', async () => {
    const roaming = await openRoaming(database);
    const outside = await newOperator(database);
    await outside.call('PUT', '/settings/ocpi', settingsOf(newParty(), ['EMSP']));
    const cpo = await haveMember(['CPO'], roaming.operator);
    const emsps = [await haveMember(['EMSP']), await haveMember(['EMSP'])];
    await roaming.begin('OWN');
    await roaming.publish();
    const pushing = {
      ...{ database, services, breaker: createBreaker(), send: async () => {}, chance: () => 0 },
      newClaim: () => {
        claims += 1;
        return `claim-${claims}`;
      },
    };
    for (const message of roaming.pushes.splice(0)) await deliverPush(pushing, message);

    for (const { operator } of emsps) {
      const { body } = await operator.call('GET', '/roaming/locations');
      expect(body.items).toMatchObject([{ name: 'Yard' }]);
    }
    for (const operator of [outside, cpo.operator]) {
      expect((await operator.call('GET', '/roaming/locations')).body.items).toEqual([]);
    }
  });

  it('a request is answered by the party that it names, back to the one that asked; an unknown one is 4001', async () => {
    const cpo = await haveMember(['CPO']);
    const emsp = await haveMember(['EMSP']);
    await emsp.operator.call('POST', '/tokens', { tokenId: 'CARD-7' });

    const asked = 'hub/emsp/2.3.0/tokens/CARD-7/authorize';
    const answer = await cpo.send('POST', asked, emsp.name);
    expect(answer).toMatchObject({ statusCode: 1000, to: cpo.name, from: emsp.name });
    expect(answer.data).toMatchObject({ allowed: 'ALLOWED', token: { uid: 'CARD-7' } });
    const nobody = { http: 200, statusCode: 4001, to: cpo.name, from: hub };
    expect(await cpo.send('POST', asked, 'XX XXX')).toMatchObject(nobody);
    // Nobody says whose the driver is: the hub finds out.
    expect(await cpo.send('POST', asked, undefined)).toMatchObject({
      ...{ statusCode: 1000, to: cpo.name, from: emsp.name },
    });
    const unknown = await cpo.send('POST', asked.replace('CARD-7', 'CARD-8'), undefined);
    expect(unknown).toMatchObject({ http: 404, statusCode: 2004, to: cpo.name });
    const others = [await haveMember(['EMSP']), await haveMember(['EMSP'])];
    const lookUp = async (uid: string): Promise<number> => {
      const open = asked.replace('CARD-7', uid);
      const { reads } = await countRequests(database, () => cpo.send('POST', open, undefined));
      return reads.length;
    };
    // However many operators there are: one read finds whose driver it is.
    const before = await lookUp('CARD-8');
    others.push(await haveMember(['EMSP']), await haveMember(['EMSP']));
    expect(await lookUp('CARD-8')).toBe(before);
    const stop = 'hub/cpo/2.3.0/commands/STOP_SESSION';
    expect((await emsp.send('POST', stop, undefined, {})).statusCode).toBe(4001);
    await emsp.operator.call('POST', `/partners/${emsp.partnerId}/suspend`);
    expect((await cpo.send('POST', asked, emsp.name)).statusCode).toBe(4003);
    expect((await emsp.send('GET', 'hub/cpo/2.3.0/locations', cpo.name)).http).toBe(401);
    await emsp.operator.call('POST', `/partners/${emsp.partnerId}/resume`);
    const settings = settingsOf(newParty(), ['EMSP']);
    await emsp.operator.call('PUT', '/settings/ocpi', settings);
    expect((await cpo.send('POST', asked, emsp.name)).statusCode).toBe(4001);
    await emsp.operator.call('DELETE', `/partners/${emsp.partnerId}`);
    expect((await cpo.send('POST', asked, emsp.name)).statusCode).toBe(4001);
  });

  it('an operator speaks for its own parties alone, and its token is good for nothing but the hub', async () => {
    const cpo = await haveMember(['CPO', 'EMSP']);
    const emsp = await haveMember(['CPO', 'EMSP']);
    const location = goldenDocument('2.3.0', 'location', owned(cpo.name));
    const place = `hub/emsp/2.3.0/locations/${placeOf(cpo.name)}/L-17`;

    expect((await cpo.send('PUT', place, emsp.name, location, 'XX XXX')).statusCode).toBe(2001);
    expect((await cpo.send('PUT', place, emsp.name, location)).http).toBe(201);
    const foreign = `hub/emsp/2.3.0/locations/${placeOf('XX XXX')}/L-17`;
    expect((await cpo.send('PUT', foreign, emsp.name, location)).http).toBe(404);
    const cdr = goldenDocument('2.3.0', 'cdr', owned('XX XXX'));
    expect((await cpo.send('POST', 'hub/emsp/2.3.0/cdrs', emsp.name, cdr)).http).toBe(404);
    for (const other of ['versions', '2.3.0', '2.3.0/credentials', 'cpo/2.3.0/sessions']) {
      expect((await cpo.send('GET', other, emsp.name)).http).toBe(404);
    }
    for (const verb of ['rotate', 'register', 'test']) {
      const path = `/partners/${cpo.partnerId}/${verb}`;
      const form = verb === 'register' ? {} : undefined;
      expect((await cpo.operator.call('POST', path, form)).code).toBe('PARTNER_OF_DEPLOYMENT');
    }
  });

  it('an operator that names itself another party, or the hub, after it joined does not speak for that one', async () => {
    const cpo = await haveMember(['CPO']);
    const emsp = await haveMember(['EMSP']);
    const impostor = await haveMember(['EMSP']);
    const read = 'hub/cpo/2.3.0/sessions?date_from=2020-01-01T00:00:00Z';
    for (const name of [emsp.name, hub]) {
      await impostor.operator.call('PUT', '/settings/ocpi', settingsOf(name, ['EMSP']));
      const asked = await impostor.send('GET', read, cpo.name, undefined, name);
      expect(asked).toMatchObject({ statusCode: 2001 });
      const place = `hub/cpo/2.3.0/tokens/${placeOf(name)}/STOLEN`;
      const pushed = await impostor.send('PUT', place, cpo.name, hubToken(name, 'STOLEN'), name);
      expect(pushed).toMatchObject({ statusCode: 2001 });
    }
    const another = await newOperator(database);
    await another.call('PUT', '/settings/ocpi', settingsOf(hub, ['EMSP']));
    expect(await join(another)).toBe('PARTY_TAKEN');
    expect((await emsp.send('GET', read, cpo.name)).statusCode).toBe(1000);
  });

  it('a driver of one charges at another, which shows session and CDR to that one alone', async () => {
    const roaming = await openRoaming(database);
    const cpo = await haveMember(['CPO'], roaming.operator);
    const [emsp, other] = [await haveMember(['EMSP']), await haveMember(['EMSP'])];
    const uid = `DRIVER-${emsp.name.slice(3)}`;
    const place = `hub/cpo/2.3.0/tokens/${placeOf(emsp.name)}/${uid}`;
    const token = hubToken(emsp.name, uid);
    expect((await emsp.send('PUT', place, cpo.name, token)).http).toBe(201);
    const session = await roaming.begin(uid);
    await session.end();
    await roaming.publish();
    await roaming.publish();

    const cdrs = 'hub/cpo/2.3.0/cdrs';
    expect((await emsp.send('GET', cdrs, cpo.name)).data).toMatchObject([
      { ...owned(cpo.name), session_id: session.sessionId, cdr_token: owned(emsp.name) },
    ]);
    expect((await other.send('GET', cdrs, cpo.name)).data).toEqual([]);
  });

  it('a command names an address of the hub for its result, and a CDR one at which it is read back', async () => {
    const cpo = await haveMember(['CPO']);
    const emsp = await haveMember(['EMSP']);
    const place = `hub/emsp/2.3.0/locations/${placeOf(cpo.name)}/L-17`;
    await cpo.send('PUT', place, emsp.name, goldenDocument('2.3.0', 'location', owned(cpo.name)));
    await emsp.operator.call('POST', '/tokens', { tokenId: 'CARD-9' });
    const found = (await emsp.operator.call('GET', '/roaming/locations')).body.items?.[0] ?? {};
    const sent: string[] = [];
    const recording: RequestText = async (one) => {
      sent.push(one.body ?? '');
      return await request(one);
    };
    const caller = {
      ...testServices,
      ...{ database, operatorId: emsp.operator.operatorId, apiKeyId: 'k', apiKeyName: 'k' },
      now: new Date().toISOString(),
      roaming: async () => ({ ...services, request: recording }),
    };
    await sendCommandCall(caller, {
      ...{ type: 'start', tokenId: 'CARD-9', evseUid: 'L17-E1' },
      roamingLocationId: String(found['roamingLocationId']),
    });
    const { response_url: responseUrl = '' } = JSON.parse(sent.at(-1) ?? '{}');
    expect(responseUrl).toMatch(
      /^https:\/\/ours\.example\/ocpi\/hub\/emsp\/2\.3\.0\/commands\/rco_/,
    );
    const result = responseUrl.slice(`${ocpiUrl}/`.length);
    const taken = await cpo.send('POST', result, emsp.name, { result: 'ACCEPTED' });
    expect(taken).toMatchObject({ http: 200, statusCode: 1000 });

    const cdr = goldenDocument('2.3.0', 'cdr', owned(cpo.name));
    const { headers } = await cpo.send('POST', 'hub/emsp/2.3.0/cdrs', emsp.name, cdr);
    const at = String(headers['location']).slice(`${ocpiUrl}/`.length);
    expect((await cpo.send('GET', at, emsp.name)).data).toMatchObject({ id: cdr['id'] });
  });

  it('everything that all have is read in pages, each object with its party', async () => {
    const cpos: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const roaming = await openRoaming(database);
      const cpo = await haveMember(['CPO'], roaming.operator);
      await roaming.begin('OWN');
      await roaming.publish();
      cpos.push(cpo.name);
    }
    const emsp = await haveMember(['EMSP']);
    const names: string[] = [];
    let next: string | undefined = 'hub/cpo/2.3.0/locations?limit=1';
    while (next !== undefined) {
      const page = await emsp.send('GET', next, hub);
      expect(page).toMatchObject({ to: emsp.name, from: hub });
      const objects = page.data as Golden[];
      expect(objects).toHaveLength(1);
      names.push(...objects.map((one) => `${one['country_code']} ${one['party_id']}`));
      expect(Number(page.headers['x-total-count'])).toBeGreaterThanOrEqual(2);
      next = /<([^>]*)>/.exec(page.headers['link'] ?? '')?.[1]?.slice(`${ocpiUrl}/`.length);
    }
    for (const name of cpos) expect(names.filter((one) => one === name)).toHaveLength(1);
    expect(await emsp.send('POST', 'hub/emsp/2.3.0/cdrs', hub, {})).toMatchObject({ http: 404 });
  });

  it('what the others have is pulled through it by the schedule of the partner, from when it joins', async () => {
    const emsp = await haveMember(['EMSP'], undefined, 24);
    const whose = { operatorId: emsp.operator.operatorId, partnerId: emsp.partnerId };
    expect(await readDuePull(database, whose)).toBeDefined();
    await emsp.operator.call('DELETE', `/partners/${emsp.partnerId}`);
    expect(await readDuePull(database, whose)).toBeUndefined();
    const never = await haveMember(['EMSP']);
    const { operatorId } = never.operator;
    const unscheduled = { operatorId, partnerId: never.partnerId };
    expect(await readDuePull(database, unscheduled)).toBeUndefined();
  });

  it('its version is that of the hub, whatever versions the partner states', async () => {
    const emsp = await haveMember(['EMSP']);
    const changed = { versions: ['2.2.1'] };
    await emsp.operator.call('PATCH', `/partners/${emsp.partnerId}`, changed);

    const read = await emsp.send('GET', 'hub/cpo/2.3.0/locations', hub);
    expect(read).toMatchObject({ http: 200, statusCode: 1000 });
    expect((await emsp.send('GET', 'hub/cpo/2.2.1/locations', hub)).http).toBe(404);
  });

  it('one that joins with a price list has its places shown by it', async () => {
    const { operator, tariffId } = await openRoaming(database);
    const priced = { name: 'Neighbours', currency: 'EUR', perKwh: '0.30', vatPercent: '19' };
    const { body } = await operator.call('POST', '/tariffs', priced);
    const prices = { [tariffId]: String(body['tariffId']) };
    const messages: PartnerMessage[] = [];
    await join(operator, ['CPO'], null, prices, async (sent) => {
      messages.push(...sent);
    });

    expect(messages).toMatchObject([{ kind: 'everything', touched: [tariffId] }]);
  });

  it('a party is one operator’s in a deployment, and free again when that one has left', async () => {
    const first = await haveMember(['CPO']);
    const second = await newOperator(database);
    await second.call('PUT', '/settings/ocpi', settingsOf(first.name, ['CPO']));

    expect(await join(second)).toBe('PARTY_TAKEN');
    expect(await join(first.operator)).toBe('HUB_JOINED_ALREADY');
    await first.operator.call('DELETE', `/partners/${first.partnerId}`);
    expect(await join(second)).toMatch(/^ptn_/);
    expect(await join(await newOperator(database))).toBe('OCPI_SETTINGS_MISSING');
  });
});
