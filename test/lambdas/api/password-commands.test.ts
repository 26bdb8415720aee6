import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
});
afterAll(async () => {
  await database.stop();
});

/** A charger that is connected, with its password and the call that sends it commands. */
async function connected(protocol: string) {
  count += 1;
  const chargerId = `PW-${count}`;
  const { body } = await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const connectedAt = new Date().toISOString();
  await takeOver(database, chargerKey, { connectionId: `c-${count}`, protocol, connectedAt });
  const path = `/chargers/${chargerId}`;
  const send = async (form: object) => await operator.call('POST', `${path}/commands`, form);
  const change = async (form: object) => await operator.call('POST', `${path}/password`, form);
  return { path, send, change, password: String(body['password']) };
}

const unregistered = 'Zk4-nobody-knows-it';
const chosen = 'Kq7-long-and-random';

/** The commands that set a password, by version. */
const setting = (protocol: string, value: string): readonly object[] =>
  protocol === 'ocpp1.6'
    ? [{ type: 'set-configuration', key: 'authorizationKey', value }]
    : [
        { type: 'set-configuration', key: 'SecurityCtrlr.BasicAuthPassword', value },
        {
          type: 'set-variables',
          setVariableData: [
            {
              component: { name: 'SecurityCtrlr' },
              variable: { name: 'BasicAuthPassword' },
              attributeValue: value,
            },
          ],
        },
      ];

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'])(
  'a command that sets the password of a charger of %s',
  (protocol) => {
    it('one that is not registered is refused, since the charger could not connect with it', async () => {
      const { send, path } = await connected(protocol);
      for (const form of setting(protocol, unregistered)) {
        expect((await send(form)).code).toBe('PASSWORD_NOT_REGISTERED');
      }
      expect((await operator.call('GET', `${path}/commands`)).body.items).toEqual([]);
    });

    it('the one that it has, and the one that was registered for it, are sent and never shown', async () => {
      const { send, change, path, password } = await connected(protocol);
      expect((await change({ password: chosen })).status).toBe(201);
      for (const value of [password, chosen]) {
        for (const form of setting(protocol, value)) {
          const { status, body } = await send(form);
          expect(status).toBe(202);
          expect(JSON.stringify(body)).not.toContain(value);
        }
      }
      const { body } = await operator.call('GET', `${path}/commands`);
      expect(body.items?.length).toBeGreaterThan(0);
      for (const value of [password, chosen]) expect(JSON.stringify(body)).not.toContain(value);
    });
  },
);

describe('a password that is chosen for a charger', () => {
  it.each([
    'aaaaaaaaaaaaaaaaaaaa',
    '1234567890123456',
    'abcdefghijklmnopqrst',
    'passwordpassword',
    'Ab3$Ab3$Ab3$Ab3$Ab3$',
    'fifteen-chars-x',
    `A-b3${'-c5d'.repeat(10)}`,
    'with a space inside',
  ])('%s is refused', async (password) => {
    const { change } = await connected('ocpp1.6');
    expect((await change({ password })).code).toBe('INVALID_REQUEST');
    const chargerId = `WEAK-${count}`;
    const registered = await operator.call('POST', '/chargers', { chargerId, password });
    expect(registered.code).toBe('INVALID_REQUEST');
  });

  it('one that OCPP 1.6 has no room for is not sent to its chargers, and is sent to those of OCPP 2', async () => {
    const long = 'Kq7-long-and-random-and-longer';
    const old = await connected('ocpp1.6');
    expect((await old.change({ password: long, send: true })).code).toBe('INVALID_REQUEST');
    const hex = '6b6579313233343536373839303132343a5b';
    for (const password of [chosen, hex]) {
      const { change } = await connected('ocpp1.6');
      expect((await change({ password, send: true })).status).toBe(201);
    }
    const { change } = await connected('ocpp2.0.1');
    expect((await change({ password: long, send: true })).status).toBe(201);
  });
});
