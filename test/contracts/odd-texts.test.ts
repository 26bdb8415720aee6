import '../lambdas/quiet.ts';
import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import { centralActions as central16 } from '../../core/ocpp/v16/action.ts';
import { routes as routes16 } from '../../core/ocpp/v16/routes.ts';
import { v16 } from '../../core/ocpp/v16/version.ts';
import { centralActions as central21 } from '../../core/ocpp/v21/central-action.ts';
import { routes as routes21 } from '../../core/ocpp/v21/routes.ts';
import { v21 } from '../../core/ocpp/v21/v21.ts';
import { centralActions as central201 } from '../../core/ocpp/v201/central-action.ts';
import { routes as routes201 } from '../../core/ocpp/v201/routes.ts';
import { v201 } from '../../core/ocpp/v201/v201.ts';
import { routes } from '../../lambdas/api/routes.ts';
import {
  oddProperties,
  oddTexts,
  textsWith,
  variantsOf,
  withProperty,
} from '../lambdas/odd-texts.ts';
import { oneOfEverything, pathOf, publicKey, type Things } from '../lambdas/one-of-everything.ts';
import { newOperator, plugIn, scan, settle } from '../lambdas/plant.ts';
import { engines, openDatabase, type TestDatabase } from './engines.ts';

const versions = {
  'ocpp1.6': { version: v16, routes: routes16, central: central16 },
  'ocpp2.0.1': { version: v201, routes: routes201, central: central201 },
  'ocpp2.1': { version: v21, routes: routes21, central: central21 },
} as const;

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

/** True where every odd text goes into every place of every message of OCPP 2, as `npm run fuzz` has it; else a part does. */
const isLarge = Number(process.env['JOULEGATE_FUZZ_FRAMES'] ?? 0) > 0;

/** The messages of OCPP 2 that bills and what is shown of a charger are made from. */
const dear = [
  'TransactionEvent',
  'MeterValues',
  'StatusNotification',
  'BootNotification',
  'Authorize',
];

type Direction = 'request' | 'response';

/** Of so many odd texts one goes into a place, or into every second place of an answer. In the small dose each place has another one than its neighbours, and than in the other versions. */
const oneOf = (protocol: Protocol, action: string, direction: Direction): number => {
  if (isLarge) return 1;
  if (direction === 'response') return 20;
  if (protocol === 'ocpp1.6') return 1;
  // Both versions of OCPP 2 read these messages by the same code.
  return protocol === 'ocpp2.0.1' && dear.includes(action) ? 5 : 10;
};

/** A message of a version with odd texts in each of its places, and with each odd property beside its own. */
function* payloads(protocol: Protocol, action: string, direction: Direction) {
  const every = oneOf(protocol, action, direction);
  const turn = protocols.indexOf(protocol) + action.length;
  for (const [kind, literal] of Object.values(oddTexts).entries()) {
    for (const [place, payload] of variantsOf(action, literal, protocol, direction).entries()) {
      if ((kind + place + turn) % every === 0) yield payload;
    }
  }
  for (const [kind, property] of Object.values(oddProperties).entries()) {
    if ((kind + turn) % Math.min(every, 4) === 0) {
      yield withProperty(action, property, protocol, direction);
    }
  }
}

/** Every message of a charger of a version, and its answer to each of ours, with odd texts in each of their places. */
function* messages(protocol: Protocol): Generator<string> {
  for (const action of Object.keys(versions[protocol].routes)) {
    for (const payload of payloads(protocol, action, 'request')) {
      yield `[2,"m","${action}",${payload}]`;
    }
  }
  for (const action of versions[protocol].central) {
    for (const payload of payloads(protocol, action, 'response')) {
      yield `[3,"${action}.12345678",${payload}]`;
    }
  }
}

/** Every form with each odd text in each of its places, and with each odd property beside its own. */
function* requests(ids: Things): Generator<readonly [method: string, path: string, text: string]> {
  for (const [method, path, body] of formsFor(ids)) {
    const whole = JSON.stringify(body);
    const texts = Object.values(oddTexts).flatMap((literal) => textsWith(whole, literal));
    const properties = Object.values(oddProperties).map(
      (property) => `{${property},${whole.slice(1)}`,
    );
    for (const text of [...texts, ...properties]) yield [method, path, text];
  }
}

/** A message of a charger of a version, and the answer to it. */
type Reply = {
  readonly protocol: Protocol;
  readonly text: string;
  readonly answer: string | undefined;
};

const isFitting = ({ protocol, text, answer }: Reply): boolean => {
  const action = /^\[2,"m","(\w+)"/.exec(text)?.[1];
  if (action === undefined || answer === undefined) return action === answer;
  const [type, id, code] = JSON.parse(answer) as readonly unknown[];
  const isOfSession = versions[protocol].version.isTransactional(action);
  return id === 'm' && (type === 3 || (type === 4 && !isOfSession && code !== 'InternalError'));
};

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
  const replies: Reply[] = [];
  const answers: { readonly to: string; readonly status: number; readonly code: string }[] = [];

  beforeAll(async () => {
    database = await openDatabase('dynoxide');
    writes = noteWrites(database);
    const operator = await newOperator(database);
    const ids = await oneOfEverything(database, operator);
    await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
    await operator.call('POST', '/chargers', { chargerId: 'ODD-1', connectors: '2' });
    await operator.call('POST', '/chargers/ODD-1/approval', { approval: 'accepted' });
    for (const protocol of protocols) {
      const charger = await plugIn(database, 'odd-1', Date.parse('2026-04-14T17:00:00Z'), protocol);
      for (const text of messages(protocol)) {
        replies.push({ protocol, text, answer: await charger.send(text) });
      }
    }
    for (const [method, path, text] of requests(ids)) {
      const { status, code = '' } = await operator.call(method, path, text);
      answers.push({ to: `${method} ${path} ${text.slice(0, 200)}`, status, code });
    }
    await settle(database);
  });

  afterAll(async () => {
    await database.stop();
  });

  it('every message with an odd text gets a valid answer, one of a transaction is accepted, and an answer gets none', () => {
    expect(replies.length).toBeGreaterThan(1_000);
    const misfits = replies.filter((reply) => !isFitting(reply));
    expect(misfits.map(({ text, answer }) => [text.slice(0, 300), answer])).toEqual([]);
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
