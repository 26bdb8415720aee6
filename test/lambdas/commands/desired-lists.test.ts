import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { ecRoot, namesOfRoots } from '../../core/command/root-certificates.ts';
import { newOperator, scan, type TestOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const connected = async (operator: TestOperator, answer: Answer) =>
  await connectedCharger(database, operator, answer);

/** A charger of OCPP 1.6 that holds a local list and certificates, and has no settings. */
function chargerThatHolds(limit = 2) {
  const list = new Map<string, string>();
  const certificates: object[] = [];
  const state = { version: 0, isStubborn: false };
  type Listed = { readonly idTag: string; readonly idTagInfo: { readonly status: string } };
  const take = (payload: Record<string, unknown>) => {
    const [listVersion, isFull] = [
      Number(payload['listVersion']),
      payload['updateType'] === 'Full',
    ];
    if (!isFull && (state.isStubborn || listVersion <= state.version)) {
      return { status: 'VersionMismatch' };
    }
    if (isFull) list.clear();
    for (const one of (payload['localAuthorizationList'] ?? []) as readonly Listed[]) {
      list.set(one.idTag, one.idTagInfo.status);
    }
    state.version = listVersion;
    return { status: 'Accepted' };
  };
  const answer: Answer = (action, payload) => {
    switch (action) {
      case 'GetConfiguration':
        return {
          configurationKey: [
            { key: 'SendLocalListMaxLength', readonly: true, value: String(limit) },
          ],
        };
      case 'GetLocalListVersion':
        return { listVersion: state.version };
      case 'SendLocalList':
        return take(payload);
      case 'GetInstalledCertificateIds':
        return certificates.length === 0
          ? { status: 'NotFound' }
          : { status: 'Accepted', certificateHashData: certificates };
      default:
        return { status: 'Accepted' };
    }
  };
  return { list, certificates, state, answer };
}

const sentLists = (asked: readonly (readonly [string, unknown])[]) =>
  asked
    .filter(([action]) => action === 'SendLocalList')
    .map(([, payload]) => (payload as { updateType: string }).updateType);

describe('local lists, certificates and passwords as they should be', () => {
  it('a charger gets the tokens of its operator in messages that it can take, then what changed, and all again where it refuses changes', async () => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, localList: true });
    for (const tokenId of ['ADA', 'BOB', 'EVE'])
      await operator.call('POST', '/tokens', { tokenId });
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    await charger.configure();

    expect(sentLists(charger.asked)).toEqual(['Full', 'Differential']);
    expect(Object.fromEntries(holder.list)).toEqual({
      ADA: 'Accepted',
      BOB: 'Accepted',
      EVE: 'Accepted',
    });
    const listState = async () => (await charger.configuration())['localList'];
    expect(await listState()).toMatchObject({ state: 'as-desired', version: holder.state.version });
    expect(await charger.isDue(1_000)).toBe(false);

    charger.asked.length = 0;
    await operator.call('PUT', '/tokens/EVE', { status: 'Blocked' });
    expect(await charger.isDue()).toBe(true);
    expect(await listState()).toMatchObject({ state: 'differs' });
    // Every token was changed within the last minute, which the clocks of our functions may differ by.
    await charger.configure();
    expect(sentLists(charger.asked)).toEqual(['Differential', 'Differential']);
    expect(holder.list.get('EVE')).toBe('Blocked');
    expect(await listState()).toMatchObject({ state: 'as-desired' });

    charger.asked.length = 0;
    holder.state.isStubborn = true;
    await operator.call('PUT', '/tokens/EVE', { status: 'Accepted' });
    await charger.configure();
    expect(sentLists(charger.asked)).toContain('Full');
    expect(await listState()).toMatchObject({ state: 'differs' });
    holder.state.isStubborn = false;

    charger.asked.length = 0;
    await operator.call('DELETE', '/tokens/BOB');
    await charger.configure();
    expect(sentLists(charger.asked)).toEqual(['Full']);
    expect(Object.fromEntries(holder.list)).toEqual({ ADA: 'Accepted', EVE: 'Accepted' });
    expect(await listState()).toMatchObject({ state: 'as-desired' });
  });

  it.each([
    ['DELETE /tokens/{tokenId}', 'DELETE', '/tokens/BOB'],
    ['the erasure of a token', 'POST', '/tokens/BOB/erasure'],
    ['the erasure of its account', 'POST', '/accounts/customer/erasure'],
  ] as const)('%s takes a token off the local list of a charger', async (_, method, path) => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, localList: true });
    await operator.call('POST', '/accounts', { accountId: 'customer', currency: 'EUR' });
    await operator.call('POST', '/tokens', { tokenId: 'ADA' });
    await operator.call('POST', '/tokens', { tokenId: 'BOB', accountId: 'customer' });
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    await charger.configure();
    expect([...holder.list.keys()].toSorted()).toEqual(['ADA', 'BOB']);

    const { status } = await operator.call(method, path, method === 'POST' ? {} : undefined);
    expect(status).toBeLessThan(300);
    expect(await charger.isDue()).toBe(true);
    await charger.configure();
    expect([...holder.list.keys()]).toEqual(['ADA']);
  });

  it('a local list that is due while a token is being changed is read some seconds later, when every index shows the change', async () => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, localList: true });
    const holder = chargerThatHolds();
    // It answers at once, so that its list would be read in the moment of the change.
    const charger = await connected(operator, holder.answer);
    await operator.call('POST', '/tokens', { tokenId: 'ADA' });
    const changedAt = Date.now();
    await charger.configure();

    const given = await charger.given();
    expect(Date.parse(given?.readAt ?? '') - changedAt).toBeGreaterThanOrEqual(5_000);
    expect(holder.list.get('ADA')).toBe('Accepted');
  });

  it('a charger that should have no local list is not asked for one, and changes of tokens make nothing due', async () => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, localList: true });
    const charger = await connected(operator, chargerThatHolds().answer);
    const path = `/chargers/${charger.chargerId}/desired-configuration`;
    await operator.call('PUT', path, { localList: false });
    await charger.configure();
    expect(charger.asked).toEqual([]);
    await operator.call('POST', '/tokens', { tokenId: 'LATER' });
    expect(await charger.isDue()).toBe(false);
    expect((await charger.configuration())['localList']).toBeNull();
  });

  it('a root certificate that a charger does not list is installed, and one that it lists is left alone', async () => {
    const operator = await newOperator(database);
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    const use = 'central-system-root';
    await operator.call('PUT', '/settings/configuration', {
      useDefaults: false,
      certificates: [{ use, certificate: ecRoot }],
    });
    const states = async () =>
      ((await charger.configuration())['certificates'] as { state: string }[]).map(
        ({ state }) => state,
      );
    expect(await states()).toEqual(['not-reported']);
    await charger.configure();
    const actions = () => charger.asked.map(([action]) => action);
    expect(actions()).toEqual(['GetInstalledCertificateIds', 'InstallCertificate']);
    expect(await states()).toEqual(['installed']);

    const { algorithm: hashAlgorithm, ...name } = namesOfRoots.ec;
    holder.certificates.push({ hashAlgorithm, ...name });
    charger.asked.length = 0;
    await charger.configure();
    expect(actions()).toEqual(['GetInstalledCertificateIds']);
    expect(await states()).toEqual(['as-desired']);

    const certificates = [ecRoot, 'no certificate'].map((certificate) => ({ use, certificate }));
    for (const path of [
      '/settings/configuration',
      `/chargers/${charger.chargerId}/desired-configuration`,
    ]) {
      const { code, body } = await operator.call('PUT', path, { certificates });
      expect([code, body['details']]).toEqual([
        'INVALID_REQUEST',
        [{ path: 'body.certificates.1.certificate', message: expect.stringContaining('PEM') }],
      ]);
    }
  });

  it('a new password is sent to the charger, and no other one while the charger may have it and has not used it', async () => {
    const operator = await newOperator(database);
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    const path = `/chargers/${charger.chargerId}`;
    const state = async () => (await charger.configuration())['password'];
    expect(await state()).toBe('as-desired');

    const first = await operator.call('POST', `${path}/password`, { send: true });
    const second = await operator.call('POST', `${path}/password`, { send: true });
    expect([first.status, second.status]).toEqual([201, 201]);
    const commandOf = async ({ body }: typeof first) =>
      (await operator.call('GET', `/commands/${String(body['commandId'])}`)).body;
    expect(await commandOf(first)).toMatchObject({ state: 'cancelled' });
    expect(await commandOf(second)).toMatchObject({
      state: 'queued',
      request: { key: 'AuthorizationKey', value: '(not shown)' },
    });
    expect(second.body['password']).toMatch(/^[0-9a-f]{40}$/);
    await charger.sendWaiting();
    expect(charger.asked).toEqual([
      ['ChangeConfiguration', { key: 'AuthorizationKey', value: second.body['password'] }],
    ]);
    expect(await state()).toBe('not-used-yet');
    // The charger has it: nobody else needs it any more.
    const stored = JSON.stringify(await scan(database, database.state));
    expect(stored).not.toContain(String(second.body['password']));
    expect(stored).not.toContain(String(first.body['password']));
    const third = await operator.call('POST', `${path}/password`, { send: true });
    expect(third.code).toBe('PASSWORD_NOT_USED_YET');

    await charger.handshake(String(second.body['password']));
    expect(await state()).toBe('as-desired');
    expect((await operator.call('POST', `${path}/password`, { send: true })).status).toBe(201);
  });

  it('a charger that changes its password and connects again without an answer has the new one, and is not asked again', async () => {
    const operator = await newOperator(database);
    const charger = await connected(operator, () => undefined);
    const path = `/chargers/${charger.chargerId}`;
    const changed = await operator.call('POST', `${path}/password`, { send: true });
    await charger.sendWaiting();
    const command = `/commands/${String(changed.body['commandId'])}`;
    expect((await operator.call('GET', command)).body['state']).toBe('timed-out');
    expect((await charger.configuration())['password']).toBe('not-used-yet');

    await charger.handshake(String(changed.body['password']));
    await charger.sendWaiting();
    expect((await charger.configuration())['password']).toBe('as-desired');
    expect(charger.asked).toHaveLength(1);
  });
});
