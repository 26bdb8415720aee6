import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { sendCommandCall } from '../../../lambdas/api/roaming/roaming-command-calls.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { type Golden, goldenDocument } from '../ocpi/golden-document.ts';
import { testServices } from '../test-services.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Form = Parameters<typeof sendCommandCall>[1];

describe.each([...ocpiVersions])('a command to a partner of OCPI %s', (version) => {
  const havePartner = async () => {
    const operator = await haveEmsp(database);
    await operator.call('POST', '/tokens', { tokenId: 'CARD-1' });
    const partner = await haveCpo(database, operator, version);
    await partner.send('PUT', 'locations/DE/JNA/L-17', goldenDocument(version, 'location'));
    const session = goldenDocument(version, 'session');
    await partner.send('PUT', `sessions/DE/JNA/${session['id']}`, session);
    const first = async (path: string) => (await operator.call('GET', path)).body.items?.[0] ?? {};
    return {
      ...partner,
      sessionId: String(session['id']),
      start: {
        type: 'start' as const,
        roamingLocationId: String((await first('/roaming/locations'))['roamingLocationId']),
        evseUid: 'L17-E1',
        tokenId: 'CARD-1',
      },
      stop: {
        type: 'stop' as const,
        roamingSessionId: String((await first('/roaming/sessions'))['roamingSessionId']),
      },
    };
  };
  /** Gives a command to a partner that answers so. */
  const give = async (
    { operator, services }: CpoPartner,
    form: Form,
    answer: (sent: Golden) => Promise<Golden | number> | Golden | number,
  ) => {
    const asked: { method: string; url: string; body: Golden }[] = [];
    const request: RequestText = async ({ method, url, body }) => {
      const sent = JSON.parse(body ?? '{}') as Golden;
      asked.push({ method, url, body: sent });
      const data = await answer(sent);
      if (typeof data === 'number') {
        return data === 0
          ? { kind: 'failed', code: 'ECONNREFUSED' }
          : { kind: 'answered', status: data, headers: {}, body: '' };
      }
      const text = { data, status_code: 1000, timestamp: '2026-04-14T16:30:00Z' };
      return { kind: 'answered', status: 200, headers: {}, body: JSON.stringify(text) };
    };
    const caller = {
      ...testServices,
      ...{ database, operatorId: operator.operatorId, apiKeyId: 'k', apiKeyName: 'k' },
      now: new Date().toISOString(),
      roaming: async () => ({ ...services, request }),
    };
    const done = await sendCommandCall(caller, form);
    if (done.kind !== 'done' || done.body === undefined) throw new Error(JSON.stringify(done));
    return { shown: done.body, asked };
  };
  const shown = async ({ operator }: CpoPartner, id: string) =>
    (await operator.call('GET', `/roaming/commands/${id}`)).body;
  const accepted = { result: 'ACCEPTED', timeout: 30 };

  it('a start carries the driver’s token and our address; its outcome is the first that comes there', async () => {
    const partner = await havePartner();
    const { shown: sent, asked } = await give(partner, partner.start, () => accepted);
    expect(sent).toMatchObject({ state: 'sent', response: 'ACCEPTED', locationId: 'L-17' });
    expect(asked).toMatchObject([
      {
        url: 'https://partner.example/commands/START_SESSION',
        body: {
          location_id: 'L-17',
          evse_uid: 'L17-E1',
          token: { uid: 'CARD-1', type: 'RFID' },
          response_url: `https://ours.example/ocpi/emsp/${version}/commands/${sent.roamingCommandId}`,
        },
      },
    ]);
    const at = String(asked[0]?.body['response_url']).replace('https://ours.example/ocpi', '');
    const other = await haveCpo(database, partner.operator, version, 'OTH');
    expect((await other.send('POST', at, { result: 'ACCEPTED' })).http).toBe(404);
    expect((await partner.send('POST', at, { result: 1 })).statusCode).toBe(2001);
    for (const result of ['ACCEPTED', 'REJECTED']) {
      expect((await partner.send('POST', at, { result })).statusCode).toBe(1000);
      const { state, result: kept } = await shown(partner, sent.roamingCommandId);
      expect([state, kept]).toEqual(['accepted', 'ACCEPTED']);
    }
    expect((await partner.send('POST', `${at}x`, { result: 'ACCEPTED' })).http).toBe(404);
    // The endpoint itself takes nothing (ocpi/ocpi#560), and a repeated order has an address of its own (ocpi/ocpi#95).
    expect((await partner.send('POST', 'commands', { result: 'ACCEPTED' })).http).toBe(404);
    const repeated = await give(partner, partner.start, () => accepted);
    expect(repeated.asked[0]?.body['response_url']).not.toBe(asked[0]?.body['response_url']);
    expect((await partner.send('GET', at)).http).toBe(404);
  });

  it('a result that comes before the partner’s answer counts, and one after its time too', async () => {
    const partner = await havePartner();
    const early = await give(partner, partner.stop, async (body) => {
      const at = String(body['response_url']).replace('https://ours.example/ocpi', '');
      await partner.send('POST', at, { result: 'ACCEPTED' });
      return accepted;
    });
    expect(early.shown).toMatchObject({
      type: 'stop',
      state: 'accepted',
      sessionId: partner.sessionId,
    });

    const late = await give(partner, partner.stop, () => ({ ...accepted, timeout: 0 }));
    const id = late.shown.roamingCommandId;
    // 2.1.1 says no time: ours is taken.
    if (version !== '2.1.1') expect((await shown(partner, id))['state']).toBe('timed-out');
    await partner.send('POST', `commands/${id}`, { result: 'REJECTED' });
    expect((await shown(partner, id))['state']).toBe('rejected');
  });

  it('a partner that refuses, cannot be reached or answers nonsense ends the command with the reason', async () => {
    const partner = await havePartner();
    const state = async (answer: Golden | number) =>
      (await give(partner, partner.stop, () => answer)).shown;

    expect(await state({ result: 'UNKNOWN_SESSION', timeout: 0 })).toMatchObject({
      ...{ state: 'rejected', response: 'UNKNOWN_SESSION' },
    });
    for (const answer of [0, 401, 404, 500, {}]) {
      expect(await state(answer)).toMatchObject({ state: 'failed', message: expect.any(String) });
    }
  });

  const resultAt = (url: unknown) => String(url).replace('https://ours.example/ocpi', '');

  it('an EVSE is kept free under a number, and given back by the operator or by the partner', async () => {
    const partner = await havePartner();
    const { evseUid, roamingLocationId, tokenId } = partner.start;
    const expiresAt = '2099-04-14T18:30:00Z';
    const form = { type: 'reserve' as const, roamingLocationId, evseUid, tokenId, expiresAt };
    const { shown: reserved, asked } = await give(partner, form, () => accepted);
    const { url = '', body = {} as Golden } = asked[0] ?? {};
    expect(url).toBe('https://partner.example/commands/RESERVE_NOW');
    expect(body).toMatchObject({
      ...{ location_id: 'L-17', evse_uid: 'L17-E1', token: { uid: 'CARD-1' } },
      expiry_date: expiresAt,
      reservation_id: version === '2.1.1' ? Number(reserved.reservationId) : reserved.reservationId,
    });
    expect(reserved.reservationId).toMatch(/^[1-9]\d{0,8}$/);
    const at = resultAt(body['response_url']);
    await partner.send('POST', at, { result: 'ACCEPTED' });
    const state = async () => (await shown(partner, reserved.roamingCommandId))['state'];
    expect(await state()).toBe('accepted');

    const { roamingCommandId } = reserved;
    const cancel = { type: 'cancel-reservation' as const, roamingCommandId };
    if (version === '2.1.1') {
      const { code } = await partner.operator.call('POST', '/roaming/commands', cancel);
      expect(code).toBe('PARTNER_TAKES_NO_COMMANDS');
    } else {
      const given = await give(partner, cancel, () => accepted);
      expect(given.asked).toMatchObject([
        {
          url: 'https://partner.example/commands/CANCEL_RESERVATION',
          body: { reservation_id: reserved.reservationId },
        },
      ]);
      expect(await state()).toBe('accepted');
      const result = { result: 'ACCEPTED' };
      await partner.send('POST', `commands/${given.shown.roamingCommandId}`, result);
      expect(await state()).toBe('cancelled');

      const again = await give(partner, form, () => accepted);
      for (const word of ['ACCEPTED', 'CANCELED_RESERVATION']) {
        const there = `commands/${again.shown.roamingCommandId}`;
        await partner.send('POST', there, { result: word });
      }
      const later = await shown(partner, again.shown.roamingCommandId);
      expect(later).toMatchObject({ state: 'cancelled', result: 'CANCELED_RESERVATION' });
    }
    const nothing = { ...cancel, roamingCommandId: 'rco_nothing' };
    const { code } = await partner.operator.call('POST', '/roaming/commands', nothing);
    expect(code).toBe('COMMAND_NOT_FOUND');
  });

  it('a help desk has a cable at a partner released', async () => {
    const partner = await havePartner();
    const { evseUid, roamingLocationId } = partner.start;
    const form = { type: 'unlock' as const, roamingLocationId, evseUid, connectorId: '1' };
    const { shown: unlocked, asked } = await give(partner, form, () => accepted);
    expect(asked).toMatchObject([
      {
        url: 'https://partner.example/commands/UNLOCK_CONNECTOR',
        body: { location_id: 'L-17', evse_uid: 'L17-E1', connector_id: '1' },
      },
    ]);
    await partner.send('POST', resultAt(asked[0]?.body['response_url']), { result: 'REJECTED' });
    expect((await shown(partner, unlocked.roamingCommandId))['state']).toBe('rejected');
  });

  it('a charging profile is set, asked for and cleared where the partner has the module', async () => {
    const partner = await havePartner();
    const { roamingSessionId } = partner.stop;
    const profile = { unit: 'A' as const, periods: [{ startSeconds: 0, limit: 10.5 }] };
    const set = { type: 'set-charging-profile' as const, roamingSessionId, profile };
    if (version === '2.1.1') {
      const { code } = await partner.operator.call('POST', '/roaming/commands', set);
      expect(code).toBe('PARTNER_TAKES_NO_COMMANDS');
      return;
    }
    const at = `https://partner.example/chargingprofiles/${partner.sessionId}`;
    const active = {
      start_date_time: '2026-04-14T16:30:00Z',
      charging_profile: {
        charging_rate_unit: 'A',
        charging_profile_period: [{ start_period: 0, limit: 10.5 }],
      },
    };
    const pushed = async () =>
      (await partner.send('PUT', `chargingprofiles/${partner.sessionId}`, active)).http;
    // Nothing was set yet.
    expect(await pushed()).toBe(404);
    const given = await give(partner, set, () => accepted);
    expect(given.asked).toMatchObject([
      { method: 'PUT', url: at, body: { charging_profile: active.charging_profile } },
    ]);
    const { roamingCommandId } = given.shown;
    const result = `chargingprofiles/${roamingCommandId}`;
    expect((await partner.send('POST', `commands/${roamingCommandId}`, accepted)).http).toBe(404);
    expect((await partner.send('POST', result, { result: 'ACCEPTED' })).http).toBe(200);
    const shownProfile = { unit: 'A', periods: [{ startSeconds: 0, limit: '10.5' }] };
    // The address of a profile names no party (ocpi/ocpi#405): another CPO may have a session of this id.
    const other = await haveCpo(database, partner.operator, version, 'OTH');
    const theirs = await other.send('PUT', `chargingprofiles/${partner.sessionId}`, active);
    expect(theirs.http).toBe(404);
    expect((await shown(partner, roamingCommandId))['activeProfile']).toBeNull();
    expect(await pushed()).toBe(200);
    expect(await shown(partner, roamingCommandId)).toMatchObject({
      ...{ state: 'accepted', activeProfile: shownProfile },
    });

    const ask = { type: 'composite-schedule' as const, roamingSessionId, durationSeconds: 900 };
    const read = await give(partner, ask, () => accepted);
    expect(read.asked[0]?.method).toBe('GET');
    expect(read.asked[0]?.url).toMatch(
      new RegExp(`^${at}\\?duration=900&response_url=https%3A%2F%2Fours.example%2F`),
    );
    const there = `chargingprofiles/${read.shown.roamingCommandId}`;
    await partner.send('POST', there, { result: 'ACCEPTED', profile: active });
    expect(await shown(partner, read.shown.roamingCommandId)).toMatchObject({
      ...{ state: 'accepted', activeProfile: shownProfile },
    });

    const clear = { type: 'clear-charging-profile' as const, roamingSessionId };
    const cleared = await give(partner, clear, () => ({ result: 'TOO_OFTEN', timeout: 60 }));
    expect(cleared.asked[0]?.method).toBe('DELETE');
    expect(cleared.shown).toMatchObject({ state: 'rejected', response: 'TOO_OFTEN' });
  });

  it('what is not there, or another operator’s, is refused by name', async () => {
    const { operator, start, stop, partnerId } = await havePartner();
    const other = await haveEmsp(database);
    await other.call('POST', '/tokens', { tokenId: 'CARD-1' });
    const code = async (form: object, by = operator) =>
      (await by.call('POST', '/roaming/commands', form)).code;

    expect(await code({ ...start, tokenId: 'NOBODY' })).toBe('TOKEN_NOT_FOUND');
    expect(await code(start, other)).toBe('LOCATION_NOT_FOUND');
    expect(await code(stop, other)).toBe('SESSION_NOT_FOUND');
    expect(await code({ type: 'stop' })).toBe('INVALID_REQUEST');
    await operator.call('POST', `/partners/${partnerId}/suspend`);
    expect(await code(stop)).toBe('PARTNER_NOT_REGISTERED');
  });
});
