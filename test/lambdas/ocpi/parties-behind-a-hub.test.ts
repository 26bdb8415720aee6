import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPartners } from '../../../lambdas/roaming/ask-partners.ts';
import {
  readRoamingCommand,
  writeRoamingCommand,
} from '../../../lambdas/store/received/roaming-commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { openRoaming } from '../partners/roaming-plant.ts';
import { newOperator } from '../plant.ts';
import { goldenDocument } from './golden-document.ts';
import {
  chargersParty,
  clientInfo,
  driversParty,
  haveHub,
  hubParty,
  hubToken,
  ours,
  placeOf,
} from './hub-double.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const owned = (name: string) => {
  const [country_code, party_id] = name.split(' ');
  return { country_code, party_id };
};

const otherDrivers = 'SE EME';

/** A hub in front of an operator with a location. */
async function roamThroughHub() {
  const roaming = await openRoaming(database);
  const hub = await haveHub(database, roaming.operator);
  return { ...roaming, hub };
}

describe('parties behind one hub are strangers to each other', () => {
  const asks = (from: string) => ({ to: ours, from });

  it('each sees the sessions and CDRs of its own drivers, and stops no others; the hub itself sees all', async () => {
    const { hub, begin, publish } = await roamThroughHub();
    const sessions: Record<string, string> = {};
    for (const name of [driversParty, otherDrivers]) {
      const uid = `OWN-${name.slice(3)}`;
      await hub.send('PUT', `cpo/tokens/${placeOf(name)}/${uid}`, asks(name), hubToken(name, uid));
      const session = await begin(uid);
      await session.end();
      sessions[name] = session.sessionId;
    }
    await publish();
    await publish();

    for (const module of ['sessions', 'cdrs']) {
      for (const name of [driversParty, otherDrivers]) {
        const answer = await hub.send('GET', `cpo/${module}`, asks(name));
        expect(answer.headers['X-Total-Count']).toBe('1');
        expect(JSON.stringify(answer.data)).toContain(sessions[name]);
        expect(answer).toMatchObject({ to: name, from: ours });
      }
      expect((await hub.send('GET', `cpo/${module}`, asks(hubParty))).data).toHaveLength(2);
      expect((await hub.send('GET', `cpo/${module}`, asks(chargersParty))).data).toEqual([]);
    }
    const stop = {
      response_url: 'https://hub.example/result',
      session_id: sessions[driversParty],
    };
    const foreign = await hub.send('POST', 'cpo/commands/STOP_SESSION', asks(otherDrivers), stop);
    expect(foreign.data).toMatchObject({ result: 'UNKNOWN_SESSION' });
    const own = await hub.send('POST', 'cpo/commands/STOP_SESSION', asks(driversParty), stop);
    expect(own.data).toMatchObject({ result: 'REJECTED' });
    const wishes = `cpo/sessions/${sessions[driversParty]}/charging_preferences`;
    const fast = { profile_type: 'FAST' };
    const unseen = await hub.send('PUT', wishes, asks(otherDrivers), fast);
    expect(unseen.message).not.toMatch(/EVSE/);
    const taken = await hub.send('PUT', wishes, asks(driversParty), fast);
    expect(taken).toMatchObject({ http: 404, message: /EVSE takes no charging preferences/ });
    const profile = `cpo/chargingprofiles/${sessions[driversParty]}?response_url=${encodeURIComponent(stop.response_url)}`;
    const notSeen = await hub.send('DELETE', profile, asks(otherDrivers));
    expect(notSeen.data).toMatchObject({ result: 'UNKNOWN_SESSION' });
    const seen = await hub.send('DELETE', profile, asks(driversParty));
    expect(seen.data).not.toMatchObject({ result: 'UNKNOWN_SESSION' });
  });

  it('a driver whom nobody knows is asked about through the hub, which finds the party, and is that party’s alone', async () => {
    const { hub, operator } = await roamThroughHub();
    const asked = { operatorId: operator.operatorId, tokenId: 'NEW-1' };
    expect(await askPartners(database, hub.services, asked)).toMatchObject({ status: 'Accepted' });
    const question = hub.asked.find(({ url }) => url.includes('/NEW-1/authorize'));
    expect(question).toMatchObject({ method: 'POST', from: ours });
    expect(question?.to).toBeUndefined();

    const place = (name: string) => `cpo/tokens/${placeOf(name)}/NEW-1`;
    const pushed = async (name: string) =>
      await hub.send('PUT', place(name), asks(name), hubToken(name, 'NEW-1'));
    expect(await pushed(otherDrivers)).toMatchObject({ statusCode: 2001 });
    expect(await pushed(driversParty)).toMatchObject({ statusCode: 1000 });
  });

  it('nobody is asked about a driver whose party is offline behind the hub', async () => {
    const { hub, operator } = await roamThroughHub();
    const token = hubToken(driversParty, 'OFF-1', { whitelist: 'NEVER' });
    await hub.send('PUT', `cpo/tokens/${placeOf(driversParty)}/OFF-1`, asks(driversParty), token);
    await hub.tell('PUT', placeOf(driversParty), clientInfo(driversParty, 'EMSP', 'OFFLINE'));

    const { partnerId } = hub;
    const asked = { operatorId: operator.operatorId, tokenId: 'OFF-1', partnerId };
    expect(await askPartners(database, hub.services, asked)).toBeUndefined();
    expect(hub.asked.filter(({ url }) => url.includes('/authorize'))).toEqual([]);
  });

  it('none changes or reads the token of another, nor orders a session with it', async () => {
    const { hub, locationId, begin, publish } = await roamThroughHub();
    const uid = 'SHARED-1';
    const place = (name: string) => `cpo/tokens/${placeOf(name)}/${uid}`;
    await hub.send('PUT', place(driversParty), asks(driversParty), hubToken(driversParty, uid));
    await begin('SOMEBODY');
    await publish();

    const taken = await hub.send(
      'PUT',
      place(otherDrivers),
      asks(otherDrivers),
      hubToken(otherDrivers, uid),
    );
    expect(taken).toMatchObject({ http: 200, statusCode: 2001, message: /Another party/ });
    const patch = { valid: false, last_updated: '2026-06-01T08:00:00Z' };
    expect((await hub.send('PATCH', place(otherDrivers), asks(otherDrivers), patch)).http).toBe(
      404,
    );
    expect((await hub.send('GET', place(otherDrivers), asks(otherDrivers))).http).toBe(404);
    expect((await hub.send('GET', place(driversParty), asks(driversParty))).data).toMatchObject({
      ...owned(driversParty),
      valid: true,
    });
    const order = {
      ...{ response_url: 'https://hub.example/result', location_id: locationId },
      token: hubToken(driversParty, uid),
    };
    const answer = await hub.send('POST', 'cpo/commands/START_SESSION', asks(otherDrivers), order);
    expect(answer).toMatchObject({ statusCode: 2001, message: /token/ });
  });

  it('every answer finds its way back, also to what is refused, not found, or fails on our side', async () => {
    const hub = await haveHub(database, await newOperator(database));
    const place = `cpo/tokens/${placeOf(driversParty)}`;
    const token = hubToken(driversParty, 'BACK-1');

    for (const [method, at, body] of [
      ['PUT', `${place}/BACK-1`, {}],
      ['PUT', `${place}/BACK-\0`, token],
      ['GET', `${place}/unknown`, undefined],
      ['DELETE', `${place}/BACK-1`, undefined],
      ['GET', 'cpo/payments/terminals', undefined],
    ] as const) {
      const answer = await hub.send(method, at, asks(driversParty), body);
      expect(answer.statusCode).not.toBe(1000);
      expect(answer).toMatchObject({ to: driversParty, from: ours });
    }
    hub.services.now = () => {
      throw new Error('We fail');
    };
    const failed = await hub.send('PUT', `${place}/BACK-1`, asks(driversParty), token);
    expect(failed).toMatchObject({ http: 200, statusCode: 3000, to: driversParty, from: ours });
  });

  it('two hubs may have the same party: neither changes what the other brought', async () => {
    const operator = await newOperator(database);
    const first = await haveHub(database, operator);
    const second = await haveHub(database, operator);
    const place = `emsp/locations/${placeOf(chargersParty)}/L-17`;
    const document = (name: string) =>
      goldenDocument('2.2.1', 'location', { ...owned(chargersParty), name });
    for (const [hub, name] of [
      [first, 'First'],
      [second, 'Second'],
    ] as const) {
      const pushed = await hub.send('PUT', place, asks(chargersParty), document(name));
      expect(pushed.http).toBe(201);
    }

    expect((await first.send('GET', place, asks(hubParty))).data).toMatchObject({ name: 'First' });
    expect((await second.send('GET', place, asks(hubParty))).data).toMatchObject({
      name: 'Second',
    });
  });

  it('sessions of two may have one id: the profile that each is charged by is kept with its own command', async () => {
    const operator = await newOperator(database);
    const { operatorId } = operator;
    const hub = await haveHub(database, operator);
    const sessionId = '101';
    const commandOf = (name: string) => `rco_${name.replace(' ', '')}`;
    for (const name of [chargersParty, otherDrivers]) {
      const [countryCode = '', partyId = ''] = name.split(' ');
      await writeRoamingCommand(database, undefined, {
        ...{ commandId: commandOf(name), operatorId, partnerId: hub.partnerId, sessionId },
        ...{ type: 'set-charging-profile', state: 'accepted' },
        receiver: { countryCode, partyId },
        ...{ createdAt: '2026-04-14T16:30:00Z', expiresAt: '2026-04-14T16:31:00Z' },
      });
    }
    const put = async (from: string, limit: number) =>
      await hub.send('PUT', `emsp/chargingprofiles/${sessionId}`, asks(from), {
        start_date_time: '2026-04-14T16:30:00Z',
        charging_profile: {
          charging_rate_unit: 'W',
          charging_profile_period: [{ start_period: 0, limit }],
        },
      });

    expect((await put(chargersParty, 7_000)).statusCode).toBe(1000);
    expect((await put(otherDrivers, 11_000)).statusCode).toBe(1000);
    expect((await put(driversParty, 22_000)).http).toBe(404);
    for (const [name, limit] of [
      [chargersParty, '7000'],
      [otherDrivers, '11000'],
    ] as const) {
      const kept = await readRoamingCommand(database, operatorId, commandOf(name));
      expect(kept?.command.activeProfile?.chargingProfile.periods).toMatchObject([{ limit }]);
    }
  });

  it('what one pushes as CPO is read back by itself and the hub, and by no other', async () => {
    const hub = await haveHub(database, await newOperator(database), '2.3.0');
    const session = goldenDocument('2.3.0', 'session', owned(chargersParty));
    const place = `emsp/sessions/${placeOf(chargersParty)}/${session['id']}`;
    await hub.send('PUT', place, asks(chargersParty), session);
    const invoice = goldenDocument('2.3.0', 'invoiceRecord', owned(chargersParty));
    const invoicePlace = `emsp/invoicereconciliation/${placeOf(chargersParty)}/${invoice['id']}`;
    await hub.send('PUT', invoicePlace, asks(chargersParty), invoice);
    const cdr = goldenDocument('2.3.0', 'cdr', owned(chargersParty));
    const posted = await hub.send('POST', 'emsp/cdrs', asks(chargersParty), cdr);
    const cdrPlace = `emsp/cdrs/${posted.location?.split('/').at(-1)}`;

    for (const read of [place, cdrPlace, invoicePlace]) {
      expect((await hub.send('GET', read, asks(chargersParty))).http).toBe(200);
      expect((await hub.send('GET', read, asks(hubParty))).http).toBe(200);
      expect((await hub.send('GET', read, asks(otherDrivers))).http).toBe(404);
    }
  });
});
