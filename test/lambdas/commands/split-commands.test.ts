import '../quiet.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
let operator: TestOperator;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Split');
});
afterAll(async () => {
  await database.stop();
});

/** A charger that takes one key in a question, and has said so. */
const oneKeyAtOnce: Answer = (_action, { key }) => ({
  configurationKey: (key as readonly string[]).map((one) => ({
    key: one,
    readonly: true,
    value: '1',
  })),
});

describe('a command that its charger takes in several messages only', () => {
  it('a command in several parts that is sent several times at once under one Idempotency-Key reaches its charger once', async () => {
    const charger = await connectedCharger(database, operator, oneKeyAtOnce);
    const path = `/chargers/${charger.chargerId}/commands`;
    const ask = async (keys: readonly string[], key: string) =>
      await operator.call(
        'POST',
        path,
        { type: 'get-configuration', keys },
        { 'idempotency-key': key },
      );
    await ask(['GetConfigurationMaxKeys'], randomUUID());
    await charger.sendWaiting();
    charger.asked.length = 0;

    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => await ask(['A', 'B', 'C'], key)),
    );
    await charger.sendWaiting();

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body['furtherCommandIds']).toHaveLength(2);
    expect(charger.asked.map(([, payload]) => payload)).toEqual([
      { key: ['A'] },
      { key: ['B'] },
      { key: ['C'] },
    ]);
  });

  it('a question that its charger takes in more than 98 messages only is refused, and nothing of it is sent', async () => {
    const charger = await connectedCharger(database, operator, oneKeyAtOnce);
    const path = `/chargers/${charger.chargerId}/commands`;
    const ask = async (keys: readonly string[]) =>
      await operator.call('POST', path, { type: 'get-configuration', keys });
    await ask(['GetConfigurationMaxKeys']);
    await charger.sendWaiting();
    charger.asked.length = 0;
    const keys = Array.from({ length: 99 }, (_, n) => `Key${n}`);

    const refused = await ask(keys);
    const taken = await ask(keys.slice(1));
    await charger.sendWaiting();

    expect(refused.code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(refused.body)).toContain('99 commands');
    expect(taken.body['furtherCommandIds']).toHaveLength(97);
    expect(charger.asked).toHaveLength(98);
  });
});

describe('a command that is sent again under its Idempotency-Key', () => {
  it('the same request gets the same command, which its charger is sent once, and another request is refused', async () => {
    const charger = await connectedCharger(database, operator, () => ({ status: 'Accepted' }));
    const other = await connectedCharger(database, operator, () => ({ status: 'Accepted' }));
    const send = async (form: object, key: string, chargerId = charger.chargerId) =>
      await operator.call('POST', `/chargers/${chargerId}/commands`, form, {
        'idempotency-key': key,
      });
    const forms = [
      { type: 'clear-cache' },
      { type: 'start', tokenId: 'ADA', connectorId: 1 },
      { type: 'reset', kind: 'soft' },
      { type: 'set-configuration', key: 'Language', value: 'pt' },
    ];
    for (const form of forms) {
      const key = randomUUID();
      const made = await send(form, key);
      await charger.sendWaiting();
      const again = [await send(form, key), await send(form, key)];
      await charger.sendWaiting();
      expect(again.map(({ status, body }) => [status, body['commandId']])).toEqual([
        [202, made.body['commandId']],
        [202, made.body['commandId']],
      ]);
      expect((await send({ type: 'local-list-version' }, key)).code).toBe('IDEMPOTENCY_KEY_REUSED');
      const elsewhere = await send(form, key, other.chargerId);
      expect(elsewhere.body['chargerId']).toBe(other.chargerId);
      const another = await send(form, randomUUID());
      expect(another.body['commandId']).not.toBe(made.body['commandId']);
      await charger.sendWaiting();
    }
    expect(charger.asked).toHaveLength(2 * forms.length);
    await other.sendWaiting();
    expect(other.asked).toHaveLength(forms.length);
  });
});
