import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveChargers } from '../../contracts/have-chargers.ts';
import { countItemsRead, countRequests } from '../count-requests.ts';
import { newLocation, oneOfEverything, pathOf, type Things } from '../one-of-everything.ts';
import { type Body, newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let ids: Things;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  ids = await oneOfEverything(database, operator);
  await haveChargers(database, operator.operatorId, 10_000);
});

afterAll(async () => {
  await database.stop();
});

const withCharger = (path: string, states: readonly string[]): readonly string[] =>
  ['', ...states.map((state) => `&state=${state}`)].flatMap((state) => [
    `${path}?limit=100${state}`,
    `${path}?limit=100${state}&chargerId=API-1`,
    `${path}?limit=100${state}&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`,
  ]);

describe('a page of a list of an operator with 10,000 chargers', () => {
  it.each([
    ...withCharger('/sessions', ['active', 'ended', 'void']),
    ...withCharger('/sessions/active', []),
    ...withCharger('/cdrs', ['held', 'sealed', 'credited']),
    '/chargers?limit=100',
    '/tokens?limit=100',
    '/tariffs?limit=100',
    '/promo-codes?limit=100',
    '/api-keys?limit=100',
  ])('a page of a list at 10,000 chargers takes at most 3 queries: %s', async (path) => {
    let status: number | undefined;
    const { reads } = await countRequests(database, async () => {
      status = (await operator.call('GET', path)).status;
    });
    const queries = reads.filter((name) => name === 'Query').length;

    expect(status).toBe(200);
    expect(queries).toBeGreaterThanOrEqual(1);
    expect(queries).toBeLessThanOrEqual(3);
  });
});

/** Items that a page of one may look at: its own, the next, and those by which it is found. */
const mostLookedAt = 10;

const fieldsOf = (schema: unknown): readonly string[] =>
  Object.keys((schema as { readonly shape?: object }).shape ?? {});

/** Every list of the API, by its path. */
const lists = routes
  .filter(({ method, query }) => method === 'GET' && fieldsOf(query).includes('cursor'))
  .map(({ path }) => path);

/** Calls about a time, which they are given by their query or their path. */
const timed = routes
  .filter(
    ({ method, path, query }) =>
      method === 'GET' &&
      (path.includes('{month}') ||
        fieldsOf(query).some((name) => ['month', 'from', 'to'].includes(name))),
  )
  .map(({ path }) => path);

const months = ['0000-01', '2016-01', '2150-12', '9999-12'];
/** Spans that end before they begin, in each spelling of a time, a date and a month. */
const spans = [
  'from=2030-01-01T00:00:00Z&to=2016-01-01T00:00:00Z',
  'from=2030-01-01&to=2016-01-01',
  'from=2030-01&to=2016-01',
];

describe('every call about a time', () => {
  it('there are calls of each kind', () => {
    expect(timed).toContain('/monitoring/uptime');
    expect(timed.length).toBeGreaterThan(15);
  });

  it.each(timed)(
    '%s answers for months of which nothing is known, and for spans that end before they begin',
    async (template) => {
      const paths = template.includes('{month}')
        ? months.map((month) => pathOf(template, { ...ids, month }))
        : [...months.map((month) => `month=${month}`), ...spans].map(
            (query) => `${pathOf(template, ids)}?${query}`,
          );
      const answers: (string | undefined)[] = [];
      for (const path of paths) answers.push((await operator.call('GET', path)).code);

      // A spelling that a call does not have is refused; any other fault would have thrown.
      expect(answers).toContain(undefined);
      expect(new Set(answers)).toEqual(
        new Set(answers.filter((code) => code === undefined || code === 'INVALID_REQUEST')),
      );
    },
  );
});

/** A report that reads the intervals of each charger on its page. */
const reports: readonly string[] = ['/monitoring/uptime'];

describe('every list', () => {
  it.each(lists.filter((path) => !reports.includes(path)))(
    'a page of it takes at most 3 queries without a filter: %s',
    async (path) => {
      let status: number | undefined;
      const { reads } = await countRequests(database, async () => {
        status = (await operator.call('GET', `${pathOf(path, ids)}?limit=100`)).status;
      });

      expect(status).toBe(200);
      expect(reads.filter((name) => name === 'Query').length).toBeLessThanOrEqual(3);
    },
  );

  let cursorOfTokens: string;

  beforeAll(async () => {
    await operator.call('POST', '/tokens', { tokenId: 'ANOTHER' });
    cursorOfTokens = String((await operator.call('GET', '/tokens?limit=1')).body['nextCursor']);
  });

  it('every GET that answers items takes limit and cursor', () => {
    const answering = routes.filter(
      ({ method, response }) => method === 'GET' && fieldsOf(response).includes('nextCursor'),
    );
    expect(answering.map(({ path }) => path)).toEqual(lists);
    expect(lists.length).toBeGreaterThan(40);
  });

  it.each(lists)(
    'a page of one of %s looks at few items, however many there are',
    async (template) => {
      const items = await countItemsRead(database, async () => {
        await operator.call('GET', `${pathOf(template, ids)}?limit=1`);
      });

      expect(items).toBeLessThanOrEqual(mostLookedAt);
    },
  );

  it.each(lists)(
    '%s refuses limits that it does not state, cursors of other lists and filters that it does not have',
    async (template) => {
      const path = pathOf(template, ids);
      const codeOf = async (query: string) => (await operator.call('GET', `${path}?${query}`)).code;

      for (const limit of ['0', '101', '1.5', 'all']) {
        expect([limit, await codeOf(`limit=${limit}`)]).toEqual([limit, 'INVALID_REQUEST']);
      }
      expect(await codeOf('colour=red')).toBe('INVALID_REQUEST');
      // The cursor of the log is an event.
      const invalid = template === '/events' ? 'INVALID_REQUEST' : 'INVALID_CURSOR';
      expect(await codeOf('cursor=x')).toBe(invalid);
      if (template !== '/tokens') {
        expect(await codeOf(`cursor=${cursorOfTokens}`)).toBe(invalid);
      }
    },
  );
});

type Made = { readonly form: (n: number) => object; readonly id: string; readonly stays?: true };

/** How things are made of which an operator has many, and the name of their id; `stays` where they cannot be deleted. */
const made: Readonly<Record<string, Made>> = {
  '/chargers': { form: (n) => ({ chargerId: `CUR-${n}` }), id: 'chargerId' },
  '/tokens': { form: (n) => ({ tokenId: `CUR-${n}` }), id: 'tokenId' },
  '/accounts': {
    form: (n) => ({ accountId: `cur-${n}`, name: 'Payer', currency: 'EUR' }),
    id: 'accountId',
  },
  '/tariffs': {
    form: () => ({ name: 'T', currency: 'EUR', perKwh: '0.4' }),
    id: 'tariffId',
    stays: true,
  },
  '/promo-codes': {
    form: (n) => ({ code: `CUR${n}`, kind: 'percent', percent: '10' }),
    id: 'code',
  },
  '/locations': { form: () => newLocation, id: 'locationId' },
  '/api-keys': { form: () => ({ name: 'x', scopes: ['cdrs:read'] }), id: 'apiKeyId' },
  '/webhooks': {
    form: () => ({ url: 'https://receiver.example/', events: ['*'] }),
    id: 'webhookId',
  },
};

describe('a list that is read while it changes', () => {
  it.each(Object.entries(made))(
    '%s: what is there all the time is listed once, whatever is made and deleted between two pages',
    async (path, { form, id, stays }) => {
      const { call } = await newOperator(database);
      let count = 0;
      const make = async (): Promise<string> => {
        count += 1;
        const { status, body } = await call('POST', path, form((count * 7) % 10));
        expect(status).toBe(201);
        return String(body[id]);
      };
      const lasting: string[] = [];
      for (let n = 0; n < 5; n += 1) lasting.push(await make());
      const idsOf = ({ items = [] }: Body) => items.map((one) => String(one[id]));
      const first = (await call('GET', `${path}?limit=2`)).body;
      const listed = [...idsOf(first)];

      // The thing that the cursor stands at is gone, and others have come before and after it.
      const gone = listed.at(-1) ?? '';
      if (stays === undefined) await call('DELETE', `${path}/${gone}`);
      for (let n = 0; n < 3; n += 1) await make();
      let cursor = first['nextCursor'];
      while (typeof cursor === 'string') {
        const page = (await call('GET', `${path}?limit=2&cursor=${cursor}`)).body;
        listed.push(...idsOf(page));
        cursor = page['nextCursor'];
      }

      const lasted = stays === undefined ? lasting.filter((one) => one !== gone) : lasting;
      expect(listed.filter((one) => lasted.includes(one)).toSorted()).toEqual(lasted.toSorted());
      expect(new Set(listed).size).toBe(listed.length);
    },
  );
});
