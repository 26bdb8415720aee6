import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationHeader } from '../../../core/ocpi/envelope/authorization.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { type JsonLiteral, readJsonLiterals } from '../../../core/units/json-literals.ts';
import { rotateNow } from '../../../lambdas/api/partners/register-now.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import { callPartner } from '../../../lambdas/roaming/call-partner.ts';
import { examinePartner } from '../../../lambdas/roaming/examine-partner.ts';
import { registerWithPartner } from '../../../lambdas/roaming/register-with-partner.ts';
import { tokensFor } from '../../../lambdas/roaming/tokens-for.ts';
import { readPartner } from '../../../lambdas/store/partners/partners.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { inBase64, invitePartner } from './invite-partner.ts';
import { partnerCredentials } from './partner-platform.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const invite = async (version = '2.2.1', more: object = {}) =>
  await invitePartner(database, version, more);

const encodingOf = (version: string) => (version === '2.1.1' ? 'plain' : 'base64');

const tokenIn = (data: JsonLiteral): string =>
  String((data as { readonly token?: JsonLiteral }).token);

describe('the layers of a request', () => {
  it('a token is accepted as it is and in base64, with the line feed that examples have, on every configuration module', async () => {
    const { call, tokenA } = await invite();

    for (const token of [tokenA, inBase64(tokenA), inBase64(`${tokenA}\n`)]) {
      for (const place of ['versions', 'versions/', '2.2.1', '2.2.1/', '2.2.1/credentials']) {
        expect(await call('GET', place, `Token ${token}`)).toMatchObject({
          http: 200,
          statusCode: 1000,
        });
      }
    }
  });

  it('a header without a token, with an unknown one or of another scheme is 401', async () => {
    const { call, tokenA } = await invite();

    for (const header of [undefined, '', 'Token', 'Token x', `Bearer ${tokenA}`, tokenA]) {
      expect((await call('GET', 'versions', header)).http).toBe(401);
    }
  });

  it('a body that is not JSON is 400, and JSON that is no credentials reaches OCPI: 200 with 2001', async () => {
    const { call, tokenA } = await invite();

    expect((await call('POST', '2.2.1/credentials', `Token ${tokenA}`, '{')).http).toBe(400);
    for (const body of ['[]', '"x"', '{}', 'null', '{"token":1}']) {
      expect(await call('POST', '2.2.1/credentials', `Token ${tokenA}`, body)).toMatchObject({
        http: 200,
        statusCode: 2001,
      });
    }
  });

  it('a path that does not exist, and a version that is not offered to the partner, is 404', async () => {
    const { call, tokenA } = await invite('2.2.1');

    for (const place of [
      '2.2',
      '2.1.1',
      '2.3.0/credentials',
      'x',
      'versions/2.2.1',
      '2.2.1/cdrs',
    ]) {
      expect((await call('GET', place, `Token ${tokenA}`)).http).toBe(404);
    }
  });
});

describe('a partner that goes to another version', () => {
  it('from 2.1.1 to a later one it gets all of our parties in all of our roles, of which 2.1.1 has one', async () => {
    const operator = await newOperator(database);
    const named = (countryCode: string, partyId: string, roles: readonly string[]) => ({
      ...{ countryCode, partyId, businessName: 'Ours', roles },
    });
    await operator.call('PUT', '/settings/ocpi', {
      ...named('DE', 'OUR', ['CPO', 'EMSP']),
      furtherParties: [named('AT', 'ALP', ['CPO'])],
    });
    const form = { versions: ['2.1.1', '2.2.1'], roles: ['CPO', 'EMSP'] };
    const { call, tokenA, platform } = await invitePartner(database, '2.1.1', form, operator);
    const register = async (method: string, version: string, token: string) =>
      (await call(method, `${version}/credentials`, `Token ${token}`, partnerCredentials(version)))
        .data;
    const before = await register('POST', '2.1.1', tokenA);
    expect(before).toMatchObject({ country_code: 'DE', party_id: 'OUR' });
    const answer = (data: object) => ({
      status: 200,
      body: JSON.stringify({ data, status_code: 1000, timestamp: '2026-04-14T16:30:00Z' }),
    });
    const url = 'https://partner.example/2.2.1';
    const credentials = { identifier: 'credentials', role: 'SENDER', url: `${url}/credentials` };
    platform.answers
      .set('https://partner.example/versions', answer([{ version: '2.2.1', url }]))
      .set(url, answer({ version: '2.2.1', endpoints: [credentials] }));

    const { roles } = (await register('PUT', '2.2.1', tokenIn(before))) as {
      readonly roles: readonly Readonly<Record<string, JsonLiteral>>[];
    };
    expect(roles.map(({ role, party_id }) => [role, party_id])).toEqual([
      ['CPO', 'OUR'],
      ['CPO', 'ALP'],
      ['EMSP', 'OUR'],
    ]);
  });
});

describe.each([...ocpiVersions])('the registration in OCPI %s', (version) => {
  it('a partner registers with token A, which is dead once token C was used', async () => {
    const { call, state, tokenA, platform } = await invite(version);

    const answer = await call(
      'POST',
      `${version}/credentials`,
      `Token ${tokenA}`,
      partnerCredentials(version),
    );

    expect(answer).toMatchObject({ http: 200, statusCode: 1000 });
    expect(platform.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://partner.example/versions',
      `GET https://partner.example/${version}`,
    ]);
    const written = version === '2.1.1' ? 'TOKEN-B' : inBase64('TOKEN-B');
    expect(platform.requests[0]?.headers['authorization']).toBe(`Token ${written}`);
    expect(await state()).toMatchObject({ state: 'registered', version });
    const read = allTranslators[version].credentials?.from(answer.data, {
      owner: { countryCode: '', partyId: '' },
    });
    expect(read?.kind).toBe('received');
    const tokenC = tokenIn(answer.data);
    expect((await call('GET', 'versions', `Token ${tokenA}`)).http).toBe(200);
    expect((await call('GET', 'versions', `Token ${tokenC}`)).http).toBe(200);
    expect((await call('GET', 'versions', `Token ${tokenA}`)).http).toBe(401);
  });

  it('a partner whose answer was lost registers again with token A', async () => {
    const { call, tokenA } = await invite(version);
    const register = () =>
      call('POST', `${version}/credentials`, `Token ${tokenA}`, partnerCredentials(version));
    const lost = tokenIn((await register()).data);
    const second = tokenIn((await register()).data);

    expect((await call('GET', 'versions', `Token ${lost}`)).http).toBe(401);
    expect((await call('GET', 'versions', `Token ${second}`)).http).toBe(200);
  });

  it.each(['refuses it', 'answers, which is lost', 'takes it'])(
    'the token before an update of ours stays valid where the partner reads our versions with the new one and then %s',
    async (what) => {
      const { call, operator, tokenA, partnerId, services, platform } = await invite(version);
      const at = `${version}/credentials`;
      const body = partnerCredentials(version);
      const before = tokenIn((await call('POST', at, `Token ${tokenA}`, body)).data);
      expect((await call('GET', 'versions', `Token ${before}`)).http).toBe(200);
      const partner = await readPartner(database, operator.operatorId, partnerId);
      if (partner === undefined) throw new Error('There is no partner');
      let offered = '';
      const answers: Readonly<Record<string, Awaited<ReturnType<RequestText>>>> = {
        'refuses it': {
          ...{ kind: 'answered', status: 200, headers: {} },
          body: '{"status_code":3001,"timestamp":"2026-04-14T16:30:00Z"}',
        },
        'answers, which is lost': { kind: 'failed', code: 'ETIMEDOUT' },
      };
      const request: RequestText = async (asked) => {
        if (asked.method !== 'PUT') return await platform.request(asked);
        offered = JSON.parse(asked.body ?? '').token;
        for (const place of ['versions', version]) {
          expect((await call('GET', place, `Token ${offered}`)).http).toBe(200);
        }
        return answers[what] ?? (await platform.request(asked));
      };
      const registering = { database, services: { ...services, request } };
      const start = { versionsUrl: 'https://partner.example/versions', token: 'TOKEN-B' };
      const end = await registerWithPartner(registering, partner, start, 'update');
      expect(end.kind).toBe(what === 'takes it' ? 'registered' : 'failed');

      const calls = async (token: string) => (await call('GET', at, `Token ${token}`)).http;
      expect(await calls(before)).toBe(200);
      expect(await calls(offered)).toBe(200);
      expect(await calls(before)).toBe(401);
    },
  );

  it('a partner whose update was answered in vain is called with its token before where it refuses the new one, until it has called with ours', async () => {
    const { call, operator, tokenA, partnerId, services, platform } = await invite(version);
    const register = async (method: string, token: string, theirs: string) => {
      const body = partnerCredentials(version, theirs);
      return tokenIn((await call(method, `${version}/credentials`, `Token ${token}`, body)).data);
    };
    const ours = await register('POST', tokenA, 'TOKEN-B');
    // Two updates in a row whose answers are lost: the token of before the first still holds.
    await register('PUT', ours, 'TOKEN-B2');
    const arrived = await register('PUT', ours, 'TOKEN-B3');
    const reach = async (known: string) => {
      const partner = await readPartner(database, operator.operatorId, partnerId);
      if (partner?.registration === undefined) throw new Error('It is not registered');
      const tokens = await tokensFor(services, partner, partner.registration);
      const request: RequestText = async (asked) =>
        asked.headers['authorization'] === authorizationHeader(known, tokens.encoding)
          ? await platform.request(asked)
          : { kind: 'answered', status: 401, headers: {}, body: '' };
      const asked = { method: 'GET', url: 'https://partner.example/versions' } as const;
      return (await callPartner({ request }, { ...asked, ...tokens })).kind;
    };
    expect(await reach('TOKEN-B3')).toBe('success');
    expect(await reach('TOKEN-B')).toBe('success');
    expect(await reach('TOKEN-B2')).toBe('unauthorized');
    expect((await call('GET', 'versions', `Token ${arrived}`)).http).toBe(200);
    expect(await reach('TOKEN-B')).toBe('unauthorized');
    expect(await reach('TOKEN-B3')).toBe('success');
  });

  it('a partner that knows the token before alone can be examined, and both tokens replaced', async () => {
    const { call, operator, tokenA, partnerId, services, platform } = await invite(version);
    const register = async (method: string, token: string, theirs: string) => {
      const body = partnerCredentials(version, theirs);
      return tokenIn((await call(method, `${version}/credentials`, `Token ${token}`, body)).data);
    };
    await register('PUT', await register('POST', tokenA, 'TOKEN-B'), 'TOKEN-LOST');
    const known = authorizationHeader('TOKEN-B', encodingOf(version));
    const request: RequestText = async (asked) =>
      asked.headers['authorization'] === known
        ? await platform.request(asked)
        : { kind: 'answered', status: 401, headers: {}, body: '' };
    const partner = await readPartner(database, operator.operatorId, partnerId);
    if (partner?.registration === undefined) throw new Error('It is not registered');
    const registered = { ...partner, registration: partner.registration };
    const checks = await examinePartner({ ...services, request }, registered, undefined);
    expect(checks[0]).toMatchObject({ name: 'versions', ok: true });
    const caller = { database, roaming: async () => ({ ...services, request }) } as never;
    expect(await rotateNow(caller, partner)).toMatchObject({ kind: 'registered' });
  });

  it('an attempt that is overtaken by another one of the same partner, as after its time was up, changes nothing', async () => {
    const { call, tokenA, platform, services } = await invite(version);
    const at = `${version}/credentials`;
    const attempt = async (theirs: string) =>
      await call('POST', at, `Token ${tokenA}`, partnerCredentials(version, theirs));
    let overtaking: Promise<Awaited<ReturnType<typeof attempt>>> | undefined;
    services.request = async (request) => {
      overtaking ??= attempt('TOKEN-B2');
      if (request.headers['authorization'] !== authorizationHeader('TOKEN-B2', encodingOf(version)))
        await overtaking;
      return await platform.request(request);
    };

    const late = await attempt('TOKEN-B1');
    expect(late).toMatchObject({ http: 200, statusCode: 3000 });
    const arrived = tokenIn((await overtaking)?.data ?? null);
    expect((await call('GET', 'versions', `Token ${arrived}`)).http).toBe(200);
  });

  it('POST while registered and PUT or DELETE before it are 405; PUT gives another token, DELETE ends the registration', async () => {
    const { call, state, tokenA } = await invite(version);
    const at = `${version}/credentials`;
    const body = partnerCredentials(version);
    expect((await call('PUT', at, `Token ${tokenA}`, body)).http).toBe(405);
    expect((await call('DELETE', at, `Token ${tokenA}`)).http).toBe(405);
    const first = tokenIn((await call('POST', at, `Token ${tokenA}`, body)).data);

    expect((await call('POST', at, `Token ${first}`, body)).http).toBe(405);
    const second = tokenIn((await call('PUT', at, `Token ${first}`, body)).data);
    expect((await call('GET', at, `Token ${first}`)).http).toBe(200);
    expect(tokenIn((await call('GET', at, `Token ${second}`)).data)).toBe(second);
    expect((await call('GET', at, `Token ${first}`)).http).toBe(401);
    expect((await call('DELETE', at, `Token ${second}`)).statusCode).toBe(1000);
    expect((await state())['state']).toBe('unregistered');
    expect((await call('GET', 'versions', `Token ${second}`)).http).toBe(401);
  });

  it('a partner that cannot be read back is 3001, one without the version 3002, without credentials 3003; nothing is registered', async () => {
    const { call, state, tokenA, platform } = await invite(version);
    const register = async () =>
      (await call('POST', `${version}/credentials`, `Token ${tokenA}`, partnerCredentials(version)))
        .statusCode;
    const answer = (url: string, data: string) =>
      platform.answers.set(`https://partner.example/${url}`, {
        status: 200,
        body: `{"data":${data},"status_code":1000,"timestamp":"2026-04-14T16:30:00Z"}`,
      });

    platform.answers.set('https://partner.example/versions', { status: 0 });
    expect(await register()).toBe(3001);
    answer('versions', '[{"version":"2.0","url":"https://partner.example/2.0"}]');
    expect(await register()).toBe(3002);
    platform.answers.delete('https://partner.example/versions');
    answer(
      version,
      `{"version":"${version}","endpoints":[{"identifier":"cdrs","role":"SENDER","url":"https://x.example"}]}`,
    );
    expect(await register()).toBe(3003);
    expect((await state())['state']).toBe('invited');
  });
});

describe('the parties of a registration', () => {
  it('a partner that was invited as one party cannot register as another, nor state one role twice', async () => {
    const { call, tokenA } = await invite('2.2.1', { countryCode: 'nl', partyId: 'abc' });
    const register = async (body: JsonLiteral) =>
      (await call('POST', '2.2.1/credentials', `Token ${tokenA}`, body)).statusCode;
    expect(await register(partnerCredentials('2.2.1'))).toBe(2001);
    const role =
      '{"role":"EMSP","country_code":"NL","party_id":"abc","business_details":{"name":"N"}}';
    const twice = readJsonLiterals(
      `{"token":"B","url":"https://partner.example/versions","roles":[${role},${role}]}`,
    );
    if (twice.kind === 'json') expect(await register(twice.value)).toBe(2001);
    const once = readJsonLiterals(
      `{"token":"B","url":"https://partner.example/versions","roles":[${role}]}`,
    );
    if (once.kind === 'json') expect(await register(once.value)).toBe(1000);
  });

  it('a suspended partner is refused everywhere, and taken back with its tokens', async () => {
    const { call, operator, state, tokenA } = await invite();
    const { partnerId } = await state();
    await operator.call('POST', `/partners/${partnerId}/suspend`);
    expect((await call('GET', 'versions', `Token ${tokenA}`)).http).toBe(401);
    await operator.call('POST', `/partners/${partnerId}/resume`);
    expect((await call('GET', 'versions', `Token ${tokenA}`)).http).toBe(200);
  });
});
