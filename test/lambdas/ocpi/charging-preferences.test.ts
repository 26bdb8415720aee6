import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, openRoaming } from '../partners/roaming-plant.ts';

let database: TestDatabase;
let uids = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };

/** A session of a driver of a partner at an EVSE with these capabilities. */
async function haveSession(version: string, capabilities: readonly string[]) {
  const roaming = await openRoaming(database);
  const partner = await addPartner(database, roaming.operator, version);
  uids += 1;
  const uid = `WISH-${uids}`;
  await partner.pushToken(uid);
  const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];
  const evses = [{ evseId: 1, capabilities, connectors }];
  const session = await roaming.begin(uid, { evses, maxPowerKw: 11 });
  await roaming.publish();
  const { sessionId } = session;
  const wish = async (wishes: object, id = sessionId) =>
    await partner.send('PUT', `sessions/${id}/charging_preferences`, wishes as never);
  const shown = async () =>
    (await roaming.operator.call('GET', `/sessions/${sessionId}`)).body['chargingPreferences'];
  return { ...roaming, session, partner, wish, shown };
}

const capable = ['REMOTE_START_STOP_CAPABLE', 'CHARGING_PREFERENCES_CAPABLE'];
const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

describe.each(['2.2.1', '2.3.0'])('the wishes of a driver of a partner of OCPI %s', (version) => {
  it('what charging at once meets is accepted and kept with the session, what nobody plans is refused as such', async () => {
    const { wish, shown, session } = await haveSession(version, capable);
    expect(await shown()).toBeNull();
    const departure_time = later(2);

    const taken = await wish({ profile_type: 'FAST', departure_time, energy_need: '12.5' });
    expect(taken).toMatchObject({ http: 200, statusCode: 1000, data: 'ACCEPTED' });
    const kept = { profileType: 'FAST', departureTime: departure_time, energyNeedKwh: '12.5' };
    expect(await shown()).toEqual({ ...kept, dischargeAllowed: null });

    const cheap = await wish({ profile_type: 'CHEAP', departure_time, energy_need: '5' });
    expect(cheap).toMatchObject({ statusCode: 1000, data: 'PROFILE_TYPE_NOT_SUPPORTED' });
    const much = await wish({ profile_type: 'FAST', departure_time, energy_need: '90' });
    expect(much.data).toBe('NOT_POSSIBLE');
    expect(await shown()).toMatchObject(kept);

    await session.end();
    expect((await wish({ profile_type: 'REGULAR' })).data).toBe('NOT_POSSIBLE');
  });

  it('an EVSE without the capability takes none, which is 404 with 2001', async () => {
    const { wish } = await haveSession(version, ['REMOTE_START_STOP_CAPABLE']);

    const refused = await wish({ profile_type: 'REGULAR' });
    expect([refused.http, refused.statusCode]).toEqual([404, 2001]);
  });

  it('a session that is not the partner’s is not found, and wishes that cannot be read are 2001', async () => {
    const { operator, partner, wish, session } = await haveSession(version, capable);
    const other = await addPartner(database, operator, version, {});
    const at = `sessions/${session.sessionId}/charging_preferences`;

    expect((await other.send('PUT', at, { profile_type: 'REGULAR' })).http).toBe(404);
    expect((await partner.send('GET', at)).http).toBe(404);
    const unread = await wish({ departure_time: 'tomorrow' });
    expect([unread.http, unread.statusCode]).toEqual([200, 2001]);
  });
});

describe('the wishes of a driver of a partner of OCPI 2.1.1', () => {
  it('the version has no wishes', async () => {
    const { wish } = await haveSession('2.1.1', capable);

    expect((await wish({ profile_type: 'REGULAR' })).http).toBe(404);
  });
});
