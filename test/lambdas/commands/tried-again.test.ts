import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { ecRoot } from '../../core/command/root-certificates.ts';
import { newOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const root = { use: 'central-system-root', certificate: ecRoot } as const;
const changes = ['ChangeConfiguration', 'SendLocalList', 'InstallCertificate'] as const;
const wanted = {
  ChangeConfiguration: { ocpp16: { Language: 'pt' } },
  SendLocalList: { localList: true },
  InstallCertificate: { certificates: [root] },
} as const;

type Mood = 'silent' | 'busy' | 'taking' | 'lacking';

/** A charger of OCPP 1.6 that takes what it is given, or does not, by its mood; it says what it has. */
function moody() {
  const state = { mood: 'silent' as Mood, language: 'de', list: 0 };
  const refusals: Readonly<Record<(typeof changes)[number], string>> = {
    ChangeConfiguration: 'Rejected',
    SendLocalList: 'Failed',
    InstallCertificate: 'Failed',
  };
  const take = (action: string, payload: Record<string, unknown>) => {
    if (action === 'ChangeConfiguration') state.language = String(payload['value']);
    if (action === 'SendLocalList') state.list = Number(payload['listVersion']);
    return { status: 'Accepted' };
  };
  const react: Readonly<Record<Mood, Answer>> = {
    silent: () => undefined,
    busy: (action) => ({ status: refusals[action as keyof typeof refusals] }),
    lacking: () => ({ status: 'NotSupported' }),
    taking: take,
  };
  const answer: Answer = (action, payload) => {
    switch (action) {
      case 'GetConfiguration':
        return { configurationKey: [{ key: 'Language', readonly: false, value: state.language }] };
      case 'GetLocalListVersion':
        return { listVersion: state.list };
      case 'GetInstalledCertificateIds':
        return { status: 'NotFound' };
      default:
        return react[state.mood](action, payload);
    }
  };
  return { state, answer };
}

const stateShown = {
  ChangeConfiguration: (body: Record<string, unknown>) =>
    (body['desired'] as readonly { state: string }[])[0]?.state,
  SendLocalList: (body: Record<string, unknown>) => (body['localList'] as { state: string }).state,
  InstallCertificate: (body: Record<string, unknown>) =>
    (body['certificates'] as readonly { state: string }[])[0]?.state,
} as const;

/** A connected charger that should have one thing that it has not, and is asked for it. */
async function chargerThatLacks(change: (typeof changes)[number], mood: Mood) {
  const operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'ADA' });
  const { state, answer } = moody();
  state.mood = mood;
  const charger = await connectedCharger(database, operator, answer);
  const configuration = { useDefaults: false, ...wanted[change] };
  await operator.call('PUT', '/settings/configuration', configuration);
  await charger.configure();
  const given = () => charger.asked.filter(([action]) => action === change).length;
  const shown = async () => stateShown[change](await charger.configuration());
  return { ...charger, state, given, shown };
}

const moods = ['silent', 'busy'] as const;

describe('what a charger should have and has not taken', () => {
  it.each(changes.flatMap((change) => moods.map((mood) => ({ change, mood }))))(
    'a charger that is $mood when it is given what it should have ($change) gets it at a later connection, and the drift is shown until then',
    async ({ change, mood }) => {
      const charger = await chargerThatLacks(change, mood);
      expect(charger.given()).toBe(1);
      expect(await charger.shown()).toBe('differs');

      charger.state.mood = 'taking';
      await charger.connectAgain(20);
      expect(charger.given()).toBe(2);
      expect(await charger.shown()).toBe(
        change === 'InstallCertificate' ? 'installed' : 'as-desired',
      );
      for (let hour = 1; hour <= 48; hour += 1) await charger.connectAgain(60);
      expect(charger.given()).toBe(2);
    },
  );

  it('a charger that connects all day and never takes what it should have is given it ever more rarely', async () => {
    const charger = await chargerThatLacks('ChangeConfiguration', 'busy');
    const given = [];
    for (let hour = 1; hour <= 30; hour += 1) {
      for (let n = 0; n < 3; n += 1) await charger.connectAgain(20);
      given.push(charger.given());
    }
    expect([given[0], given[1], given[7], given[29]]).toEqual([3, 4, 6, 7]);
    expect(await charger.shown()).toBe('differs');
  });

  it('a charger that says that it has no such thing is not given it again', async () => {
    const charger = await chargerThatLacks('ChangeConfiguration', 'lacking');
    for (let day = 0; day < 5; day += 1) await charger.connectAgain(1_440);
    expect(charger.given()).toBe(1);
  });

  it('a setting that a charger took is not given it again with the one that it did not take', async () => {
    const operator = await newOperator(database);
    const keys: string[] = [];
    const charger = await connectedCharger(database, operator, (action, payload) => {
      if (action === 'GetConfiguration') return 'error';
      keys.push(String(payload['key']));
      return { status: payload['key'] === 'Language' ? 'Rejected' : 'Accepted' };
    });
    const ocpp16 = { Language: 'pt', LightIntensity: '50' };
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, ocpp16 });
    await charger.configure();
    for (let day = 0; day < 3; day += 1) await charger.connectAgain(1_441);
    expect(keys.sort()).toEqual([...Array.from({ length: 4 }, () => 'Language'), 'LightIntensity']);
  });
});

describe('a new password that a charger has not taken', () => {
  /** A charger that was sent a new password in a mood. */
  async function chargerWithNewPassword(mood: Mood) {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false });
    const { state, answer } = moody();
    state.mood = mood;
    const charger = await connectedCharger(database, operator, answer);
    await charger.configure();
    const path = `/chargers/${charger.chargerId}/password`;
    const change = async (form: object) => await operator.call('POST', path, form);
    const { body } = await change({ send: true });
    await charger.sendWaiting();
    const password = String(body['password']);
    const shown = async () => (await charger.configuration())['password'];
    const given = () => charger.asked.map(([, payload]) => (payload as { value: string }).value);
    return { ...charger, state, change, password, shown, given };
  }

  it.each(moods)(
    'a charger that is %s when it is sent a new password gets the same one at a later connection, until it has used it',
    async (mood) => {
      const charger = await chargerWithNewPassword(mood);
      expect(await charger.shown()).toBe('not-used-yet');
      await charger.connectAgain(5);
      expect(charger.given()).toEqual([charger.password]);

      charger.state.mood = 'taking';
      await charger.connectAgain(15);
      expect(charger.given()).toEqual([charger.password, charger.password]);
      await charger.handshake(charger.password);
      expect(await charger.shown()).toBe('as-desired');
      for (let day = 0; day < 3; day += 1) await charger.connectAgain(1_441);
      expect(charger.given()).toHaveLength(2);
    },
  );

  it('a charger that never takes it is sent it ever more rarely, and not after a week', async () => {
    const charger = await chargerWithNewPassword('silent');
    for (let n = 0; n < 8 * 9; n += 1) await charger.connectAgain(180);
    const [first, ...others] = charger.given();
    expect(new Set(others)).toEqual(new Set([first]));
    expect(others.length).toBeGreaterThanOrEqual(6);
    expect(others.length).toBeLessThanOrEqual(12);
  });

  it('a password that was replaced meanwhile is not sent again, nor while the new one waits to be sent', async () => {
    const charger = await chargerWithNewPassword('busy');
    expect((await charger.change({})).status).toBe(201);
    await charger.connectAgain(1_441);
    expect(charger.given()).toEqual([charger.password]);

    const waiting = await charger.change({ send: true });
    expect((await charger.change({})).status).toBe(201);
    await charger.sendWaiting();
    expect(charger.given()).not.toContain(waiting.body['password']);
  });
});
