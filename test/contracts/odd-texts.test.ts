import '../lambdas/quiet.ts';
import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes as actions } from '../../core/ocpp/v16/routes.ts';
import { routes } from '../../lambdas/api/routes.ts';
import { oddProperties, oddTexts, variantsOf, withProperty } from '../lambdas/odd-texts.ts';
import { oneOfEverything, pathOf, publicKey, type Things } from '../lambdas/one-of-everything.ts';
import { newOperator, plugIn, scan, settle } from '../lambdas/plant.ts';
import { engines, openDatabase, type TestDatabase } from './engines.ts';

type Form = readonly [method: string, path: string, body: object];

/** Forms of the operator API with a text in each place that takes one. */
const ownForms: readonly Form[] = [
  [
    'POST',
    '/chargers',
    {
      chargerId: 'F-1',
      name: 'A',
      maxPowerKw: '22',
      connectors: '2',
      timeZone: 'Europe/Berlin',
      password: 'a-password-of-some-length',
      tariffId: 'none',
    },
  ],
  ['PATCH', '/chargers/ODD-1', { name: 'B', timeZone: 'UTC', tariffId: 'none' }],
  ['POST', '/chargers/ODD-1/meter-keys', { publicKey }],
  [
    'POST',
    '/tokens',
    {
      tokenId: 'T-1',
      accountId: 'acc',
      status: 'active',
      validUntil: '2030-01-01T00:00:00Z',
      parentTokenId: 'P-1',
    },
  ],
  ['PUT', '/tokens/TAG1', { accountId: 'acc', parentTokenId: 'P-1' }],
  [
    'POST',
    '/tariffs',
    { name: 'T', currency: 'EUR', perKwh: '0.5', vatPercent: '19', tariffAltText: 'x' },
  ],
  ['POST', '/promo-codes', { code: 'CODE', kind: 'percent', percent: '10', tariffId: 'none' }],
  ['POST', '/api-keys', { name: 'K', scopes: ['sessions:read'] }],
  [
    'PUT',
    '/settings',
    {
      zeroEnergy: { bill: 'tariff', upToKwh: '0.1' },
      aborted: { waiveSessionFee: true, stopReasons: ['PowerLoss', 'Other'] },
      neverStopped: { closeAfterHours: '99', closeWhenAvailableMinutes: '30' },
      limits: { longestSessionDays: '9', highestPrice: { EUR: '800' } },
    },
  ],
];

/** Those, and the example of every form that there is: for the things of an operator, by the names that paths give them. */
const formsFor = (ids: Things): readonly Form[] => [
  ...ownForms,
  ...routes.flatMap(({ method, path, body, example }): readonly Form[] =>
    body === undefined || example === undefined
      ? []
      : [[method, pathOf(path, ids), example as object]],
  ),
];

/** A form once for each of its texts, that one written as given. */
const textsWith = (body: object, literal: string): readonly string[] => {
  const whole = JSON.stringify(body);
  return [...whole.matchAll(/([:[])("[^"]*")/g)].map(
    ({ index, 2: text = '' }) =>
      whole.slice(0, index + 1) + literal + whole.slice(index + 1 + text.length),
  );
};

/** Every message of a charger, and an answer to each, with each odd text in each of its places. */
function* messages(): Generator<string> {
  for (const action of Object.keys(actions)) {
    const payloads = [
      ...Object.values(oddTexts).flatMap((literal) => variantsOf(action, literal)),
      ...Object.values(oddProperties).map((property) => withProperty(action, property)),
    ];
    for (const payload of payloads) yield `[2,"m","${action}",${payload}]`;
    yield `[3,"${action}.12345678",${withProperty(action, '"a":"\\ud83d"')}]`;
  }
}

/** Every form with each odd text in each of its places, and with each odd property beside its own. */
function* requests(ids: Things): Generator<readonly [method: string, path: string, text: string]> {
  for (const [method, path, body] of formsFor(ids)) {
    const texts = Object.values(oddTexts).flatMap((literal) => textsWith(body, literal));
    const whole = JSON.stringify(body).slice(1);
    const properties = Object.values(oddProperties).map((property) => `{${property},${whole}`);
    for (const text of [...texts, ...properties]) yield [method, path, text];
  }
}

type Write = { readonly name: string; readonly input: object; readonly failed: boolean };

/** Notes every write that is asked of a database, in order, and whether it was refused. */
const noteWrites = (database: TestDatabase): readonly Write[] => {
  const writes: Write[] = [];
  database.client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = String(context.commandName);
      if (!(name in commands)) return await next(args);
      const input = structuredClone(args.input);
      try {
        const result = await next(args);
        writes.push({ name, input, failed: false });
        return result;
      } catch (error) {
        writes.push({ name, input, failed: true });
        throw error;
      }
    },
    { step: 'initialize', name: 'note-writes' },
  );
  return writes;
};

const commands = {
  PutItemCommand,
  UpdateItemCommand,
  DeleteItemCommand,
  TransactWriteItemsCommand,
} as const;

/** The same input for the tables of another database. */
const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((part) => renamed(part, names));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, renamed(part, names)]),
  );
};

/** Asks the same of another database; gives the writes that came out otherwise. */
const repeat = async (writes: readonly Write[], from: TestDatabase, to: TestDatabase) => {
  const others: Write[] = [];
  const names = new Map([
    [from.state, to.state],
    [from.readings, to.readings],
  ]);
  for (const write of writes) {
    const input = renamed(write.input, names) as never;
    const Command = commands[write.name as keyof typeof commands] as typeof PutItemCommand;
    const failed = await to.client.send(new Command(input)).then(
      () => false,
      () => true,
    );
    if (failed !== write.failed) others.push(write);
  }
  return others;
};

/** The same value, whatever the order of its properties. */
const sorted = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(parts.map(([name, part]) => [name, sorted(part)]));
};

const contentOf = async (database: TestDatabase): Promise<readonly string[]> => {
  const tables = [database.state, database.readings];
  const items = await Promise.all(tables.map(async (table) => await scan(database, table)));
  return items.flatMap((some) => some.map((item) => JSON.stringify(sorted(item)))).sort();
};

describe('odd texts of chargers and integrators', () => {
  let database: TestDatabase;
  let writes: readonly Write[];
  const answers: { readonly to: string; readonly status: number; readonly code: string }[] = [];

  beforeAll(async () => {
    database = await openDatabase('dynoxide');
    writes = noteWrites(database);
    const operator = await newOperator(database);
    const ids = await oneOfEverything(database, operator);
    await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
    await operator.call('POST', '/chargers', { chargerId: 'ODD-1', connectors: '2' });
    const charger = await plugIn(database, 'odd-1', Date.parse('2026-04-14T17:00:00Z'));
    for (const text of messages()) await charger.send(text);
    for (const [method, path, text] of requests(ids)) {
      const { status, code = '' } = await operator.call(method, path, text);
      answers.push({ to: `${method} ${path} ${text.slice(0, 200)}`, status, code });
    }
    await settle(database);
  });

  afterAll(async () => {
    await database.stop();
  });

  it('odd texts in a form are accepted or refused with a code, and never an internal error', () => {
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter(({ code }) => /INTERNAL/.test(code))).toEqual([]);
    expect(answers.filter(({ status, code }) => status === 0 && code === '')).toEqual([]);
  });

  it('odd texts are stored well-formed, without zero bytes, and change no object of ours', async () => {
    const content = await contentOf(database);
    expect(content.length).toBeGreaterThan(100);
    expect(content.filter((item) => !item.isWellFormed() || item.includes('\\u0000'))).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  for (const { engine, runs } of engines.filter(({ engine }) => engine !== 'dynoxide')) {
    it.skipIf(!runs)(
      `odd texts are stored alike on ${engine}${runs ? '' : ' (needs Java 17)'}, and what one engine refuses the other refuses`,
      async () => {
        const other = await openDatabase(engine);
        try {
          expect(await repeat(writes, database, other)).toEqual([]);
          expect(await contentOf(other)).toEqual(await contentOf(database));
        } finally {
          await other.stop();
        }
      },
    );
  }
});
