import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, openRoaming } from '../partners/roaming-plant.ts';
import { haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const later = '2026-06-01T08:00:00Z';

describe.each([...ocpiVersions])('the rules of every request of OCPI %s', (version) => {
  it('a slash at the end changes nothing, on lists as on objects, and nothing is redirected', async () => {
    const { operator, begin, publish } = await openRoaming(database);
    const partner = await addPartner(database, operator, version);
    await partner.pushToken(`SLASH-${version}`);
    await (await begin(`SLASH-${version}`)).end();
    await publish();

    const token = `tokens/NL/PAR/SLASH-${version}`;
    for (const place of ['locations', 'tariffs', 'sessions', 'cdrs', token]) {
      const plain = await partner.send('GET', place);
      expect(plain).toMatchObject({ http: 200, statusCode: 1000 });
      const slashed = await partner.send('GET', `${place}/`);
      expect(slashed).toEqual(plain);
    }
    const patch = { valid: false, last_updated: later };
    expect((await partner.send('PATCH', `${token}/`, patch)).statusCode).toBe(1000);
  });

  it('JSON that cannot be read is 400; whatever is JSON reaches OCPI, and what it lacks is HTTP 200 with 2001', async () => {
    const { operator, locationId } = await openRoaming(database);
    const partner = await addPartner(database, operator, version);
    const authorization = `Token ${partner.token}`;
    const broken = await partner.call(
      'POST',
      `cpo/${version}/commands/STOP_SESSION`,
      authorization,
      '{',
    );
    expect(broken.http).toBe(400);

    for (const body of ['[]', 'null', '7', '{}']) {
      const place = `cpo/${version}/commands/STOP_SESSION`;
      expect(await partner.call('POST', place, authorization, body)).toMatchObject({
        ...{ http: 200, statusCode: 2001 },
      });
    }
    const stranger = goldenDocument(version, 'unlockConnector', { location_id: 'nowhere' });
    const unknown = await partner.send('POST', 'commands/UNLOCK_CONNECTOR', stranger as never);
    expect(unknown).toMatchObject({ http: 200, statusCode: 2003 });
    expect((await partner.send('GET', `locations/${locationId}x`)).http).toBe(404);
  });

  it('a PUT is the whole object: what it leaves out is gone; a PATCH without the time of the change is 2001', async () => {
    const partner = await haveCpo(database, await haveEmsp(database), version);
    const place = 'locations/DE/JNA/L-17';
    const { name: _name, ...unnamed } = goldenDocument(version, 'location', {
      last_updated: later,
    });
    await partner.send('PUT', place, goldenDocument(version, 'location'));
    await partner.send('PUT', place, unnamed);
    expect((await partner.send('GET', place)).data).not.toHaveProperty('name');

    const session = goldenDocument(version, 'session');
    const at = `sessions/DE/JNA/${session['id']}`;
    await partner.send('PUT', at, session);
    for (const [where, change] of [
      [place, { name: 'Undated' }],
      [`${place}/L17-E1`, { status: 'BLOCKED' }],
      [at, { kwh: 1 }],
    ] as const) {
      const answer = await partner.send('PATCH', where, change);
      expect(answer).toMatchObject({ http: 200, statusCode: 2001 });
      expect(answer.message).toContain('last_updated');
    }
  });

  it('a page names the next one by its whole address with all filters, the count of all and the most that a page has', async () => {
    const operator = await haveEmsp(database);
    const partner = await haveCpo(database, operator, version);
    for (const tokenId of ['P-1', 'P-2', 'P-3'])
      await operator.call('POST', '/tokens', { tokenId });
    const surroundings = {
      ...{ database, services: partner.services, now: Date.now },
      ...{ send: async () => {}, push: async () => {} },
    };
    await takeMessage(surroundings, { kind: 'tokens', operatorId: operator.operatorId });
    const base = partner.services.ocpiUrl;
    const filters = 'date_from=2020-01-01T00:00:00Z&date_to=2099-01-01T00:00:00Z';

    const uids: unknown[] = [];
    let next: string | undefined = `/emsp/${version}/tokens?${filters}&limit=2`;
    while (next !== undefined) {
      const { data, headers } = await partner.send('GET', next);
      uids.push(...(data as Golden[]).map(({ uid }) => uid));
      expect(headers).toMatchObject({ 'X-Total-Count': '3', 'X-Limit': '100' });
      const link = /^<(.*)>; rel="next"$/.exec(headers['Link'] ?? '')?.[1];
      if (link !== undefined) {
        expect(link.startsWith(`${base}/emsp/${version}/tokens?`)).toBe(true);
        const { searchParams } = new URL(link);
        expect(Object.fromEntries(searchParams)).toEqual({
          ...{ date_from: '2020-01-01T00:00:00Z', date_to: '2099-01-01T00:00:00Z' },
          ...{ limit: '2', offset: '2' },
        });
      }
      next = link?.slice(base.length);
    }
    expect(uids.toSorted()).toEqual(['P-1', 'P-2', 'P-3']);
    const all = await partner.send('GET', 'tokens?limit=2000');
    expect(all.headers).toMatchObject({ 'X-Limit': '100' });
    expect(all.headers).not.toHaveProperty('Link');
  });
});
