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
    const asked: { url: string; body: Golden }[] = [];
    const request: RequestText = async ({ url, body = '' }) => {
      const sent = JSON.parse(body) as Golden;
      asked.push({ url, body: sent });
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
