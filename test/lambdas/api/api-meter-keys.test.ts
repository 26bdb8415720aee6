import '../quiet.ts';
import { createECDH, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { readMeterKeys } from '../../../lambdas/store/chargers/meter-keys.ts';
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

const spki = (namedCurve = 'prime256v1'): Buffer =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'der', type: 'spki' });

const newCharger = async (): Promise<string> => {
  count += 1;
  const chargerId = `Meter-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  return `/chargers/${chargerId}/meter-keys`;
};

const idsAt = async (path: string): Promise<readonly unknown[]> =>
  ((await operator.call('GET', path)).body.items ?? []).map((item) => item['meterKeyId']);

describe('the public keys of a charger', () => {
  it('public keys of a charger are registered with their curve, listed and deleted', async () => {
    const path = await newCharger();
    const publicKey = spki('brainpoolP256r1').toString('hex');
    const scope = {
      connectorId: 2,
      meterSerial: ' 1ISK-7 ',
      validFrom: '2026-01-01T00:00:00+01:00',
      validUntil: '2027-01-01T00:00:00+01:00',
    };
    const { status, body } = await operator.call('POST', path, { publicKey, ...scope });

    expect(status).toBe(201);
    expect(body).toEqual({
      meterKeyId: expect.stringMatching(/^mk_[0-9a-f]{26}$/),
      publicKey,
      encoding: null,
      curve: 'brainpoolP256r1',
      evseId: 2,
      connectorId: 2,
      meterSerial: '1ISK-7',
      validFrom: '2025-12-31T23:00:00.000Z',
      validUntil: '2026-12-31T23:00:00.000Z',
      createdAt: expect.any(String),
    });
    const plain = await operator.call('POST', path, { publicKey: spki().toString('base64') });
    const listed = await operator.call('GET', path);
    expect(listed.body['nextCursor']).toBeNull();
    expect(listed.body.items).toHaveLength(2);
    expect(listed.body.items).toEqual(expect.arrayContaining([body, plain.body]));

    expect((await operator.call('DELETE', `${path}/${body['meterKeyId']}`)).status).toBe(204);
    expect((await operator.call('DELETE', `${path}/${body['meterKeyId']}`)).code).toBe(
      'METER_KEY_NOT_FOUND',
    );
    expect(await idsAt(path)).toEqual([plain.body['meterKeyId']]);
  });

  it('a public key registered repeatedly in any form is one key, unless it applies to something else', async () => {
    const path = await newCharger();
    const key = spki();
    const register = (form: object) => operator.call('POST', path, form);
    const first = await register({ publicKey: key.toString('hex') });
    const again = await register({ publicKey: key.toString('base64'), encoding: 'base64' });
    const scoped = await register({ publicKey: key.toString('hex'), connectorId: 1 });
    const sameEvse = { publicKey: key.toString('hex'), evseId: 1, connectorId: 1 };
    expect((await register(sameEvse)).body).toEqual(scoped.body);
    const otherEvse = await register({ ...sameEvse, evseId: 2 });
    expect(otherEvse.body).toMatchObject({ evseId: 2, connectorId: 1 });
    expect(otherEvse.body['meterKeyId']).not.toBe(scoped.body['meterKeyId']);

    expect(again).toEqual(first);
    expect(await register({ publicKey: key.toString('hex'), connectorId: null })).toEqual(first);
    expect(new Set(await idsAt(path))).toEqual(
      new Set([first, scoped, otherEvse].map(({ body }) => body['meterKeyId'])),
    );
  });

  it('a compressed public key has no curve, since its point may lie on several', async () => {
    const path = await newCharger();
    const curves = new Set<unknown>();
    for (let n = 0; n < 12; n += 1) {
      const point = createECDH('prime256v1').generateKeys('hex', 'compressed');
      const { status, body } = await operator.call('POST', path, { publicKey: point });
      expect(status).toBe(201);
      curves.add(body['curve']);
    }

    expect(curves).toContain(null);
    expect([...curves].filter((curve) => curve !== null && curve !== 'secp256r1')).toEqual([]);
  });

  it.each([
    ['no key at all', { publicKey: 'my key' }, 'METER_KEY_UNREADABLE'],
    ['no point of a curve', { publicKey: '11'.repeat(64) }, 'METER_KEY_UNREADABLE'],
    [
      'of a curve that no meter has',
      { publicKey: spki('secp521r1').toString('hex') },
      'METER_KEY_UNREADABLE',
    ],
    [
      'said to be hexadecimal and is not',
      { publicKey: spki().toString('base64'), encoding: 'hex' },
      'METER_KEY_UNREADABLE',
    ],
    ['empty', { publicKey: ' ' }, 'INVALID_REQUEST'],
    ['in an unknown encoding', { publicKey: '00', encoding: 'pem' }, 'INVALID_REQUEST'],
    [
      'of EVSE 0',
      { publicKey: spki().toString('hex'), evseId: 0, connectorId: 1 },
      'INVALID_REQUEST',
    ],
    ['of an EVSE alone', { publicKey: spki().toString('hex'), evseId: 1 }, 'INVALID_REQUEST'],
    ['of connector 0', { publicKey: spki().toString('hex'), connectorId: 0 }, 'INVALID_REQUEST'],
    [
      'valid from no time',
      { publicKey: spki().toString('hex'), validFrom: 'today' },
      'INVALID_REQUEST',
    ],
    [
      'never valid',
      {
        publicKey: spki().toString('hex'),
        validFrom: '2026-01-02T00:00:00Z',
        validUntil: '2026-01-02T00:00:00Z',
      },
      'INVALID_REQUEST',
    ],
  ])('a public key is refused when one is %s', async (_about, form, code) => {
    const path = await newCharger();

    expect((await operator.call('POST', path, form)).code).toBe(code);
    expect(await idsAt(path)).toEqual([]);
  });

  it('public keys can only be registered for an existing charger', async () => {
    const publicKey = spki().toString('hex');

    for (const [method, path, body] of [
      ['POST', '/chargers/nobody/meter-keys', { publicKey }],
      ['GET', '/chargers/nobody/meter-keys', undefined],
      ['DELETE', `/chargers/nobody/meter-keys/mk_${'0'.repeat(26)}`, undefined],
    ] as const) {
      expect((await operator.call(method, path, body)).code).toBe('CHARGER_NOT_FOUND');
    }
    const path = await newCharger();
    const absurd = `${path}/${'x'.repeat(500)}`;
    expect((await operator.call('DELETE', absurd)).code).toBe('METER_KEY_NOT_FOUND');
  });

  it('public keys belong to one operator: no other can read, add or delete them', async () => {
    const path = await newCharger();
    const stranger = await newOperator(database, 'Stranger');
    const { body } = await operator.call('POST', path, { publicKey: spki().toString('hex') });
    const another = { publicKey: spki().toString('hex') };

    expect((await stranger.call('GET', path)).code).toBe('CHARGER_NOT_FOUND');
    expect((await stranger.call('POST', path, another)).code).toBe('CHARGER_NOT_FOUND');
    expect((await stranger.call('DELETE', `${path}/${body['meterKeyId']}`)).code).toBe(
      'CHARGER_NOT_FOUND',
    );
    expect(await idsAt(path)).toEqual([body['meterKeyId']]);
  });

  it('a charger has at most 50 public keys, listed in pages, and an existing one may be registered again', async () => {
    const path = await newCharger();
    const keys = Array.from({ length: 50 }, (_, n) => ({
      publicKey: spki().toString('hex'),
      connectorId: n + 1,
    }));
    for (const key of keys) expect((await operator.call('POST', path, key)).status).toBe(201);

    expect((await operator.call('POST', path, { publicKey: spki().toString('hex') })).code).toBe(
      'METER_KEYS_TOO_MANY',
    );
    expect((await operator.call('POST', path, keys[0])).status).toBe(201);
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await operator.call('GET', `${path}?limit=20&cursor=${cursor}`);
      seen.push(...(body.items ?? []).map((item) => item['meterKeyId']));
      cursor = String(body['nextCursor'] ?? '');
    } while (cursor !== '');
    const key = chargerKey(operator.operatorId, `meter-${count}`);
    expect(seen).toEqual((await readMeterKeys(database, key)).map((key) => key.meterKeyId));
    expect(new Set(seen).size).toBe(50);
    expect((await operator.call('GET', `${path}?cursor=nonsense`)).code).toBe('INVALID_CURSOR');
  });

  it('public keys do not change how the charger is shown', async () => {
    const path = await newCharger();
    await operator.call('POST', path, { publicKey: spki().toString('hex') });

    const { body } = await operator.call('GET', path.replace('/meter-keys', ''));
    expect(body['connectors']).toEqual([]);
  });
});
