import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCdr } from '../../../core/ocpi/check/check-cdr.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import { readJsonLiterals } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, type Document, openRoaming } from './roaming-plant.ts';

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
  return `ROAM-${uids}`;
};

/** A document as plain JSON. */
const plain = (document: unknown): Document => JSON.parse(writeJsonLiterals(document as never));

const read = (version: OcpiVersion, kind: 'cdr' | 'session', document: unknown) => {
  const parsed = readJsonLiterals(writeJsonLiterals(document as never));
  if (parsed.kind === 'malformed') throw new Error(parsed.message);
  const owner = { countryCode: 'DE', partyId: 'OUR' };
  const got = allTranslators[version][kind]?.from(parsed.value, { owner });
  if (got?.kind !== 'received') throw new Error(`not read: ${JSON.stringify(got)}`);
  return got.value as never;
};

describe.each([...ocpiVersions])('a session of a driver of a partner of OCPI %s', (version) => {
  it('it is shown to that partner while it runs, and with its sealed CDR, which the partner’s check agrees with', async () => {
    const { operator, begin, publish, locationId, tariffId } = await openRoaming(database);
    const partner = await addPartner(database, operator, version);
    const uid = newUid();
    await partner.pushToken(uid);
    const session = await begin(uid);
    await publish();

    const [started] = await partner.list('sessions', { date_from: '2026-01-01T00:00:00Z' });
    expect(plain(started)).toMatchObject({
      ...{ id: session.sessionId, kwh: 0, currency: 'EUR', status: 'ACTIVE' },
      ...(version === '2.1.1'
        ? { auth_id: `NL-PAR-${uid}`, location: { id: locationId, evses: [{ connectors: [{}] }] } }
        : {
            location_id: locationId,
            cdr_token: { country_code: 'NL', party_id: 'PAR', uid, contract_id: `NL-PAR-${uid}` },
          }),
    });
    expect(await partner.list('cdrs')).toEqual([]);

    await session.read(4000);
    await publish();
    const [running] = await partner.list('sessions');
    expect(plain(running)).toMatchObject({ kwh: 4, status: 'ACTIVE' });

    await session.end();
    await publish();
    await publish();
    const [completed, ...others] = await partner.list('sessions');
    expect(others).toEqual([]);
    const bill = await session.cdr();
    expect(plain(completed)).toMatchObject({ kwh: 10, status: 'COMPLETED' });
    const [cdr, ...more] = await partner.list('cdrs');
    expect(more).toEqual([]);
    expect(plain(cdr)).toMatchObject({
      ...{ id: bill['cdrId'], total_energy: 10, total_time: 1, currency: 'EUR' },
      ...{ tariffs: [{ id: tariffId }], auth_method: 'WHITELIST' },
      total_cost: {
        '2.1.1': 5,
        '2.2.1': { excl_vat: 5, incl_vat: 5.95 },
        '2.3.0': { before_taxes: 5, taxes: [{ name: 'VAT', amount: 0.95 }] },
      }[version],
    });
    const verdict = checkCdr(read(version, 'cdr', cdr), {
      session: read(version, 'session', completed),
      tariffs: [],
      timeZone: 'Europe/Lisbon',
    });
    expect(verdict).toMatchObject({ verdict: 'agrees', differences: [] });
  });

  it('its CDR has the tariff of its start, with which the partner’s check agrees, where the tariff changes while it runs', async () => {
    const { operator, begin, publish, tariffId } = await openRoaming(database);
    const partner = await addPartner(database, operator, version);
    const uid = newUid();
    await partner.pushToken(uid);
    const session = await begin(uid);
    await session.read(4000);
    await publish();
    const dearer = { name: 'Roaming', currency: 'EUR', perKwh: '0.80', vatPercent: '19' };
    const changed = await operator.call('PUT', `/tariffs/${tariffId}`, dearer);
    expect(changed.status).toBe(200);
    await session.read(6000);
    await publish();
    await session.end();
    await publish();
    await publish();

    expect(JSON.stringify(plain(await partner.list('tariffs')))).toContain('0.8');
    const [completed] = await partner.list('sessions');
    const [cdr] = await partner.list('cdrs');
    const stated = JSON.stringify(plain(cdr));
    expect([stated.includes('0.5'), stated.includes('0.8')]).toEqual([true, false]);
    const verdict = checkCdr(read(version, 'cdr', cdr), {
      session: read(version, 'session', completed),
      tariffs: [],
      timeZone: 'Europe/Lisbon',
    });
    expect(verdict).toMatchObject({ verdict: 'agrees', differences: [] });
  });

  it('no other partner sees it, nor anything of a driver of the operator’s own', async () => {
    const { operator, begin, publish } = await openRoaming(database);
    const partner = await addPartner(database, operator, version);
    const other = await addPartner(database, operator, version);
    const uid = newUid();
    await partner.pushToken(uid);
    const own = newUid();
    await operator.call('POST', '/tokens', { tokenId: own });
    for (const tag of [uid, own]) await (await begin(tag)).end();
    await publish();

    expect(await partner.list('sessions')).toHaveLength(1);
    expect(await partner.list('cdrs')).toHaveLength(1);
    for (const module of ['sessions', 'cdrs']) {
      expect(await other.list(module)).toEqual([]);
    }
    const { headers } = await other.send('GET', 'cdrs');
    expect(headers).toMatchObject({ 'X-Total-Count': '0' });
  });
});

describe('what partners see of sessions', () => {
  it('a session at a place that OCPI cannot say is shown once the operator has stated what is missing', async () => {
    const { operator, begin, publish } = await openRoaming(database);
    const partner = await addPartner(database, operator, '2.2.1');
    const uid = newUid();
    await partner.pushToken(uid);
    const session = await begin(uid, { evses: undefined });
    await session.end();
    await publish();
    expect(await partner.list('cdrs')).toEqual([]);

    const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
    const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];
    const chargerId = session.chargerKey.split('#')[1];
    const patched = await operator.call('PATCH', `/chargers/${chargerId}`, {
      evses: [{ evseId: 1, connectors }],
    });
    expect(patched.status).toBe(200);
    await publish();
    expect(await partner.list('cdrs')).toHaveLength(1);
  });

  it('pages of sessions and CDRs are chosen by date and count as lists of locations are', async () => {
    const { operator, begin, publish } = await openRoaming(database);
    const partner = await addPartner(database, operator, '2.2.1');
    const sessions: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const uid = newUid();
      await partner.pushToken(uid);
      const session = await begin(uid);
      await session.end();
      await publish();
      sessions.push(session.sessionId);
    }
    const page = await partner.send('GET', 'sessions', undefined, { offset: '1', limit: '1' });
    expect((page.data as unknown as Document[]).map(({ id }) => id)).toEqual([sessions[1]]);
    expect(page.headers).toMatchObject({ 'X-Total-Count': '3', 'X-Limit': '100' });
    expect(await partner.list('cdrs', { date_from: '2099-01-01T00:00:00Z' })).toEqual([]);
    expect(await partner.list('cdrs', { date_to: '2099-01-01T00:00:00Z' })).toHaveLength(3);
  });
});
