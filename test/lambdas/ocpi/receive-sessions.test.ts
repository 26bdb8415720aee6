import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const later = '2026-05-01T08:00:00Z';

describe.each([...ocpiVersions])('what a partner of OCPI %s pushes of a session', (version) => {
  const id = String(goldenDocument(version, 'session')['id']);
  const at = `sessions/DE/JNA/${id}`;
  // 2.1.1 has two words for a type that says nothing; both are read as that.
  const embedded = (document: Golden): Golden =>
    version === '2.1.1'
      ? { ...document, location: { ...(document['location'] as object), type: 'UNKNOWN' } }
      : document;
  const session = (more: object = {}) => embedded(goldenDocument(version, 'session', more));
  const periods = (document: Golden) => document['charging_periods'] as readonly unknown[];

  it('a session is kept as it was sent, grows by PATCH, and a PATCH that comes twice adds its periods once', async () => {
    const { send } = await haveCpo(database, await haveEmsp(database), version);
    expect((await send('PUT', at, session())).http).toBe(201);
    expect((await send('PUT', at, session())).http).toBe(200);
    expect((await send('GET', at)).data).toEqual(session());

    const dimensions = [{ type: 'ENERGY', volume: 2.5 }];
    const period = { start_date_time: '2026-03-11T09:30:00Z', dimensions };
    const patch = { kwh: 16.75, charging_periods: [period], last_updated: later };
    for (let n = 0; n < 2; n += 1) expect((await send('PATCH', at, patch)).statusCode).toBe(1000);

    const grown = [...periods(session()), period];
    const expected = { ...session(), ...patch, charging_periods: grown };
    expect((await send('GET', at)).data).toEqual(expected);
    // One that was sent before and arrives late.
    await send('PATCH', at, { kwh: 1, last_updated: '2026-04-30T08:00:00Z' });
    await send('PUT', at, session());
    expect((await send('GET', at)).data).toEqual(expected);
  });

  it('a session of a party that is not the partner’s is 404, one that was never put too; a bad one names its paths', async () => {
    const { send } = await haveCpo(database, await haveEmsp(database), version);

    expect((await send('PUT', `sessions/DE/XXX/${id}`, session())).http).toBe(404);
    expect((await send('PATCH', at, { kwh: 1, last_updated: later })).http).toBe(404);
    expect((await send('PUT', `${at}x`, session())).statusCode).toBe(2001);
    expect((await send('PUT', at, session({ kwh: 'much' }))).message).toContain('kwh');
    expect((await send('GET', at)).http).toBe(404);
    await send('PUT', at, session());
    expect((await send('PATCH', at, { kwh: 'much', last_updated: later })).message).toContain(
      'kwh',
    );
    expect((await send('PATCH', at, { kwh: 99 })).message).toContain('last_updated');
    expect((await send('GET', at)).data).toEqual(session());
  });

  it('a tariff is put, taken back, and put again', async () => {
    const { send } = await haveCpo(database, await haveEmsp(database), version);
    const tariff = goldenDocument(version, 'tariff');
    const place = `tariffs/DE/JNA/${tariff['id']}`;

    expect((await send('DELETE', place)).http).toBe(404);
    expect((await send('PUT', place, tariff)).http).toBe(201);
    expect((await send('GET', place)).data).toEqual(tariff);
    const older = { ...tariff, currency: 'USD', last_updated: '2020-01-01T00:00:00Z' };
    expect((await send('PUT', place, older)).statusCode).toBe(1000);
    expect((await send('GET', place)).data).toEqual(tariff);
    const changed = { currency: 'CHF', last_updated: later };
    const patched = await send('PATCH', place, changed);
    expect(patched.http).toBe(version === '2.1.1' ? 200 : 404);
    for (let n = 0; n < 2; n += 1) expect((await send('DELETE', place)).statusCode).toBe(1000);
    expect((await send('GET', place)).http).toBe(404);
    expect((await send('PUT', place, { ...tariff, last_updated: later })).http).toBe(201);
    expect((await send('PUT', 'tariffs/DE/XXX/T', tariff)).http).toBe(404);
    expect((await send('PUT', place, { ...tariff, elements: 1 })).message).toContain('elements');
  });
});
