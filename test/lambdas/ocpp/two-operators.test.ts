import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Handshake, verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  at,
  type Body,
  messageRecords,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';

let database: TestDatabase;
let operators: readonly NamedOperator[];

/** An operator whose charger has the id that others give to one of theirs. */
type NamedOperator = TestOperator & {
  readonly slug: string;
  readonly password: string;
  readonly connectionToken: string;
  readonly key: string;
};

const chargerId = 'CP001';

async function openOperator(name: string): Promise<NamedOperator> {
  const operator = await newOperator(database, name);
  const form = { name: 'T', currency: 'EUR', perKwh: '0.50' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const made = await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
  expect(made.status).toBe(201);
  const { password, connectionToken, urls } = made.body as Record<string, string> & {
    urls: { basic: string };
  };
  return {
    ...operator,
    slug: urls.basic.split('/').at(-2) ?? '',
    password: String(password),
    connectionToken: String(connectionToken),
    key: `${operator.operatorId}#cp001`,
  };
}

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operators = [
    await openOperator('First'),
    await openOperator('Second'),
    await openOperator('Third'),
  ];
});

afterAll(async () => {
  await database.stop();
});

const basic = (password: string): string =>
  `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`;

const verdictOn = async (handshake: Omit<Handshake, 'offers'>) => {
  const verdict = await verifyCharger(database, { offers: [], ...handshake });
  return verdict.kind === 'accepted' ? verdict.charger.operatorId : verdict;
};

/** A session of some kWh at some hour, and what follows from it. */
async function charge({ key }: NamedOperator, kwh: number): Promise<void> {
  const charger = await plugIn(database, key);
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 1000 };
  const { transactionId } = await charger.call('StartTransaction', start);
  await charger.call('MeterValues', meterValues(at(30), 1000 + kwh * 500, Number(transactionId)));
  await charger.call('StatusNotification', {
    connectorId: 1,
    status: kwh > 5 ? 'Finishing' : 'Charging',
    errorCode: 'NoError',
    timestamp: at(31),
  });
  await charger.call('MeterValues', meterValues(at(40), 7));
  const meterStop = 1000 + kwh * 1000;
  await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop });
  await settle(database);
}

describe('chargers of one id', () => {
  it('chargers with the same id are distinguished by the operator in their path, each with its own password', async () => {
    for (const { slug, operatorId, password } of operators) {
      const path = { operatorSlug: slug, chargerId };
      expect(await verdictOn({ ...path, authorization: basic(password) })).toBe(operatorId);
      const other = operators.find((one) => one.operatorId !== operatorId)?.password ?? '';
      expect(await verdictOn({ ...path, authorization: basic(other) })).toEqual({
        kind: 'wrong-password',
        charger: expect.objectContaining({ chargerId: 'CP001' }),
        isShared: false,
      });
    }
    const nobody = { operatorSlug: 'nobody', chargerId, authorization: basic('x') };
    expect(await verdictOn(nobody)).toEqual({ kind: 'unknown-charger' });
  });

  it('chargers with the same id are distinguished by their connection tokens', async () => {
    for (const { operatorId, connectionToken } of operators) {
      expect(await verdictOn({ connectionToken })).toBe(operatorId);
    }
  });

  it('a path without an operator names the charger registered first, which nobody can take over', async () => {
    const [first, second] = operators;

    expect(await verdictOn({ chargerId, authorization: basic(first?.password ?? '') })).toBe(
      first?.operatorId,
    );
    expect(await verdictOn({ chargerId, authorization: basic(second?.password ?? '') })).toEqual({
      kind: 'wrong-password',
      charger: expect.objectContaining({ chargerId: 'CP001' }),
      isShared: true,
    });
  });

  it('chargers with the same id share no readings, sessions, connectors, chains of CDRs or lists', async () => {
    const [first, second, third] = operators;
    if (!first || !second || !third) throw new Error('three operators');
    await charge(first, 10);
    await charge(second, 4);

    // The same messages but for the energy: the same start, to the second.
    const items = async ({ call }: NamedOperator, path: string) =>
      (await call('GET', path)).body.items;
    for (const [owner, energyKwh, status] of [
      [first, 10, 'Finishing'],
      [second, 4, 'Charging'],
    ] as const) {
      const [session, ...noOther] = (await items(owner, '/sessions?chargerId=cp001')) ?? [];
      expect(noOther).toEqual([]);
      expect(session).toMatchObject({ chargerId, energyKwh });
      const cdrs = (await items(owner, '/cdrs?chargerId=cp001')) as readonly (Body & {
        seal: unknown;
      })[];
      expect(cdrs).toHaveLength(1);
      expect(cdrs[0]).toMatchObject({
        operatorId: owner.operatorId,
        sessionId: session?.['sessionId'],
        energyKwh,
        seal: { sequence: 1 },
      });
      const shown = (await owner.call('GET', '/chargers/Cp001')).body;
      expect(shown['connectors']).toEqual([
        expect.objectContaining({ evseId: 1, connectorId: 1, status }),
      ]);
      const readings = await items(owner, `/sessions/${session?.['sessionId']}/readings`);
      expect(readings?.length).toBe(4);
    }
    expect(await items(third, '/sessions')).toEqual([]);
    expect(await items(third, '/cdrs')).toEqual([]);
    expect((await third.call('GET', '/chargers/CP001')).body['connectors']).toEqual([]);
    const partitions = new Map<string, Set<string>>();
    for (const { operatorId, sessionId, chargerKey } of await messageRecords(database)) {
      const place = sessionId ?? chargerKey;
      partitions.set(place, (partitions.get(place) ?? new Set()).add(operatorId));
    }
    expect([...partitions.values()].every((owners) => owners.size === 1)).toBe(true);
  });

  it('the same charger id can be registered once with each operator', async () => {
    for (const { call } of operators) {
      expect((await call('POST', '/chargers', { chargerId: 'cp001' })).code).toBe('CHARGER_EXISTS');
    }
  });
});

describe('a password', () => {
  it.each(['typed-by-hand-0123456', '0A1b2C3d4E5f60718293A4b5C6d7E8f901234567'])(
    'a password chosen by the operator opens the connection in every form in which chargers send it: %s',
    async (password) => {
      const [operator] = operators;
      const id = `Chosen-${password.length}`;
      const made = await operator?.call('POST', '/chargers', { chargerId: id, password });
      expect(made?.body['password']).toBe(password);
      const attempt = async (sent: Buffer) => {
        const bytes = Buffer.concat([Buffer.from(`${id}:`), sent]);
        const authorization = `Basic ${bytes.toString('base64')}`;
        return await verdictOn({ operatorSlug: operator?.slug, chargerId: id, authorization });
      };

      const text = Buffer.from(password);
      expect(await attempt(text)).toBe(operator?.operatorId);
      expect(await attempt(Buffer.from(text.toString('hex')))).toBe(operator?.operatorId);
      expect(await attempt(Buffer.from(`${password}0`))).toMatchObject({ kind: 'wrong-password' });
      expect(await attempt(Buffer.from('guess'))).toMatchObject({ kind: 'wrong-password' });
    },
  );

  it.each(['short', 'has spaces in it, many', 'ünïcödé-ünïcödé-ü', 'x'.repeat(41)])(
    'a password that chargers could not send is refused: %s',
    async (password) => {
      const made = await operators[0]?.call('POST', '/chargers', { chargerId: 'P', password });

      expect(made?.code).toBe('INVALID_REQUEST');
    },
  );
});

describe('a charger’s id', () => {
  it.each(['a/b', 'a%2Fb', '100%', 'a?b', 'a#b', 'Säule', '.', '..', ' a', 'a '])(
    'a charger id that no URL could carry is refused at its registration: %j',
    async (id) => {
      const made = await operators[0]?.call('POST', '/chargers', { chargerId: id });

      expect(made?.code).toBe('INVALID_REQUEST');
    },
  );
});
