import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, openRoaming } from '../partners/roaming-plant.ts';
import { goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Fields = { readonly [name: string]: JsonLiteral };

const capabilities = ['CHARGING_PREFERENCES_CAPABLE', 'CHARGING_PROFILE_CAPABLE'];
const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];

/** A session of a driver of a partner, and every call of ours as CPO that takes an object, with one that is right. */
async function haveCalls(version: string) {
  const roaming = await openRoaming(database);
  const partner = await addPartner(database, roaming.operator, version);
  const uid = 'BAD-1';
  await partner.pushToken(uid);
  const { sessionId } = await roaming.begin(uid, {
    evses: [{ evseId: 1, capabilities, connectors }],
  });
  await roaming.publish();
  const own =
    version === '2.1.1'
      ? { uid, type: 'RFID', auth_id: 'C-1' }
      : { uid, type: 'RFID', country_code: 'NL', party_id: 'PAR' };
  const token = goldenDocument(version, 'token', own) as Fields;
  const of = (kind: string, more: object = {}) =>
    goldenDocument(version, kind, {
      response_url: 'https://partner.example/results/1',
      ...more,
    }) as Fields;
  const calls: readonly (readonly [string, string, Fields])[] = [
    ['PUT', `tokens/NL/PAR/${uid}`, token],
    ['POST', 'commands/START_SESSION', of('startSession', { token })],
    ['POST', 'commands/STOP_SESSION', of('stopSession')],
    ['POST', 'commands/RESERVE_NOW', of('reserveNow', { token })],
    ['POST', 'commands/UNLOCK_CONNECTOR', of('unlockConnector')],
    ...(version === '2.1.1'
      ? []
      : ([
          ['POST', 'commands/CANCEL_RESERVATION', of('cancelReservation')],
          ['PUT', `chargingprofiles/${sessionId}`, of('setChargingProfile')],
          [
            'PUT',
            `sessions/${sessionId}/charging_preferences`,
            goldenDocument(version, 'chargingPreferences') as Fields,
          ],
        ] as const)),
  ];
  return { partner, calls, uid, token };
}

const isFields = (value: JsonLiteral | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('text' in value);

/** A document wrong in one place, for each of its fields and those of its token and profile: missing, of another type, too long. */
function* wrongOnes(document: Fields): Generator<readonly [string, Fields]> {
  for (const [name, value] of Object.entries(document)) {
    const { [name]: _, ...others } = document;
    yield [name, others];
    yield [name, { ...document, [name]: [[]] }];
    yield [name, { ...document, [name]: 'x'.repeat(5_000) }];
    if (!isFields(value)) continue;
    for (const [inner, wrong] of wrongOnes(value)) {
      yield [`${name}.${inner}`, { ...document, [name]: wrong }];
    }
  }
}

describe.each([...ocpiVersions])('a partner of OCPI %s that sends what is wrong', (version) => {
  it('every field that is missing, of another type or too long is answered by OCPI, and a problem names it', async () => {
    const { partner, calls } = await haveCalls(version);
    for (const [method, place, document] of calls) {
      for (const [path, wrong] of wrongOnes(document)) {
        const { http, statusCode, message } = await partner.send(method, place, wrong);
        expect([200, 201, 404], `${place} ${path}`).toContain(http);
        expect(statusCode, `${place} ${path}`).toBeLessThan(3000);
        if (statusCode !== 2001 || http === 404) continue;
        const [field = ''] = path.split('.');
        expect(message, `${place} ${path}`).toContain(field);
      }
    }
  });

  it('a field that nobody knows and is as long as an item of the database is refused, and what was kept stays', async () => {
    const { partner, calls, uid } = await haveCalls(version);
    const loyalty = 'x'.repeat(1_000_000);
    for (const [method, place, document] of calls) {
      const { statusCode, http } = await partner.send(method, place, { ...document, loyalty });
      expect([place, http < 500 && statusCode < 3000]).toEqual([place, true]);
    }
    const kept = await partner.send('GET', `tokens/NL/PAR/${uid}`);
    expect(kept.data).toMatchObject({ uid, valid: true });
    expect(kept.data).not.toHaveProperty('loyalty');
  });

  it('a word that nobody knows is kept and sent back', async () => {
    const { partner, uid, token } = await haveCalls(version);
    const known = { ...token, whitelist: 'SOMETIMES', last_updated: '2099-01-01T00:00:00Z' };
    expect((await partner.send('PUT', `tokens/NL/PAR/${uid}`, known)).statusCode).toBe(1000);

    const { data } = await partner.send('GET', `tokens/NL/PAR/${uid}`);
    expect(data).toMatchObject({ uid, whitelist: expect.stringMatching(/^(SOMETIMES|NEVER)$/) });
  });
});
