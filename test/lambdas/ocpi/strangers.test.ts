import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { readJsonLiterals } from '../../../core/units/json-literals.ts';
import { moduleRouteOf, moduleRoutes } from '../../../lambdas/ocpi/module-routes.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import { servedModules } from '../../../lambdas/roaming/served-modules.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, openRoaming } from '../partners/roaming-plant.ts';
import type { TestOperator } from '../plant.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument, plainJson } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A request by its method, its place behind the version, and its body. */
type Asked = readonly [method: string, place: string, body?: unknown];

type Answer = { readonly http: number; readonly statusCode: number; readonly data: unknown };

type Caller = (...asked: Asked) => Promise<Answer>;

/** All that a partner has here, what it reads of it, and strangers: with the same party at the same operator, and at another operator. */
type Stage = {
  readonly own: Caller;
  readonly strangers: Readonly<Record<'same party' | 'other operator', Caller>>;
  /** Ids and words that belong to the partner alone. */
  readonly secrets: readonly string[];
  /** Requests for everything that the partner has, by which it is seen whether it is still the same. */
  readonly views: readonly Asked[];
  readonly names: Readonly<Record<string, string>>;
};

const literals = (body: unknown) => {
  const read = readJsonLiterals(JSON.stringify(body));
  if (read.kind === 'malformed') throw new Error(read.message);
  return read.value;
};

const uid = (version: string): string => `STR-${version}`;

/** Bills a partner what it owes for the month of its CDR, by an invoice. */
async function invoice(operator: TestOperator, partnerId: string): Promise<void> {
  const path = `/partners/${partnerId}`;
  const { body } = await operator.call('GET', `/cdrs?limit=1`);
  const month = String(body.items?.[0]?.['endedAt']).slice(0, 7);
  const form = { invoiceNumber: 'R-1', month, currency: 'EUR' };
  expect((await operator.call('POST', `${path}/invoices`, form)).status).toBe(201);
}

/** A partner whose driver has charged here. */
async function driversStage(version: string): Promise<Stage> {
  const { operator, begin, publish, locationId } = await openRoaming(database);
  const partner = await addPartner(database, operator, version);
  const same = await addPartner(database, operator, version);
  const elsewhere = await openRoaming(database);
  const other = await addPartner(database, elsewhere.operator, version);
  await partner.pushToken(uid(version));
  const session = await begin(uid(version));
  await session.end();
  await publish();
  await publish();
  const { cdrId } = await session.cdr();
  if (version === '2.3.0') await invoice(operator, partner.partnerId);
  const caller =
    ({ send }: Pick<typeof partner, 'send'>): Caller =>
    async (method, place, body) => {
      const { http, statusCode, data } = await send(
        method,
        place,
        body === undefined ? undefined : literals(body),
      );
      return { http, statusCode, data: plainJson(data) };
    };
  const { sessionId } = session;
  return {
    own: caller(partner),
    strangers: { 'same party': caller(same), 'other operator': caller(other) },
    secrets: [sessionId, String(cdrId), uid(version)],
    views: [
      ['GET', 'sessions'],
      ['GET', 'cdrs'],
      ...(version === '2.3.0' ? ([['GET', 'invoicereconciliation']] as const) : []),
      ['GET', `tokens/NL/PAR/${uid(version)}`],
    ],
    names: { sessionId, cdrId: String(cdrId), locationId, uid: uid(version) },
  };
}

/** A partner whose chargers our driver has charged at. */
async function chargersStage(version: string): Promise<Stage> {
  const operator = await haveEmsp(database);
  await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5' });
  const partner = await haveCpo(database, operator, version);
  const same = await haveCpo(database, operator, version);
  const other = await haveCpo(database, await haveEmsp(database), version);
  const document = (name: string) => goldenDocument(version, name);
  const session = document('session');
  const tariff = document('tariff');
  await partner.send('PUT', 'locations/DE/JNA/L-17', document('location'));
  await partner.send('PUT', `sessions/DE/JNA/${session['id']}`, session);
  await partner.send('PUT', `tariffs/DE/JNA/${tariff['id']}`, tariff);
  const { location = '' } = await partner.send('POST', 'cdrs', document('cdr'));
  const invoices = version === '2.3.0' ? ['invoicereconciliation/DE/JNA/IR-2026-03'] : [];
  if (version === '2.3.0') {
    await partner.send('POST', 'invoicereconciliation', document('invoiceRecord'));
  }
  const cdr = location.slice(location.lastIndexOf('cdrs/'));
  const surroundings = {
    ...{ database, services: partner.services, now: Date.now },
    ...{ send: async () => {}, push: async () => {} },
  };
  await takeMessage(surroundings, { kind: 'tokens', operatorId: operator.operatorId });
  const places = [
    'locations/DE/JNA/L-17',
    `sessions/DE/JNA/${session['id']}`,
    `tariffs/DE/JNA/${tariff['id']}`,
    ...[cdr, ...invoices],
  ];
  const caller =
    ({ send }: CpoPartner): Caller =>
    async (method, place, body) =>
      await send(method, place, body);
  return {
    own: caller(partner),
    strangers: { 'same party': caller(same), 'other operator': caller(other) },
    secrets: ['Juna', 'L17-E1', String(session['id'])],
    views: places.map((place) => ['GET', place]),
    names: { session: String(session['id']), tariff: String(tariff['id']), cdr },
  };
}

/** A token of the same party with the same id, but not valid. */
const tokenDocument = (version: string, token: string): object => ({
  ...(version === '2.1.1'
    ? { auth_id: 'STOLEN' }
    : { country_code: 'NL', party_id: 'PAR', contract_id: 'STOLEN' }),
  ...{ uid: token, type: 'RFID', issuer: 'Stranger', valid: false, whitelist: 'ALWAYS' },
  last_updated: '2026-06-01T08:00:00Z',
});

const later = '2026-06-01T08:00:00Z';

/** The requests that a stranger sends to each module about what is the partner's, by our role and module. */
const attempts: Readonly<
  Record<string, (names: Stage['names'], version: string) => readonly Asked[]>
> = {
  'CPO sessions': ({ sessionId }) => [
    ['GET', 'sessions'],
    ['GET', `sessions/${sessionId}`],
    ['PUT', `sessions/${sessionId}/charging_preferences`, { profile_type: 'FAST' }],
  ],
  'CPO cdrs': ({ cdrId }) => [
    ['GET', 'cdrs'],
    ['GET', `cdrs/${cdrId}`],
    ['POST', 'cdrs', {}],
  ],
  'CPO invoicereconciliation': () => [
    ['GET', 'invoicereconciliation'],
    ['POST', 'invoicereconciliation', {}],
  ],
  'CPO tokens': ({ uid: token = '' }, version) => [
    ['GET', `tokens/NL/PAR/${token}`],
    ['PATCH', `tokens/NL/PAR/${token}`, { valid: false, last_updated: later }],
    ['PUT', `tokens/NL/PAR/${token}`, tokenDocument(version, token)],
    ['DELETE', `tokens/NL/PAR/${token}`],
  ],
  'CPO commands': ({ sessionId, locationId, uid: token = '' }, version) => {
    const response_url = 'https://stranger.example/result';
    const place = { response_url, location_id: locationId, evse_uid: 'x' };
    // A token of the partner under the stranger's own party: the place does not exist.
    const driver = { ...place, token: tokenDocument(version, token) };
    return [
      ['POST', 'commands/START_SESSION', driver],
      ['POST', 'commands/RESERVE_NOW', { ...driver, reservation_id: 'R-1', expiry_date: later }],
      ['POST', 'commands/STOP_SESSION', { response_url, session_id: sessionId }],
      ['POST', 'commands/CANCEL_RESERVATION', { response_url, reservation_id: 'R-1' }],
      [
        'POST',
        'commands/UNLOCK_CONNECTOR',
        { response_url, location_id: locationId, evse_uid: 'x', connector_id: '1' },
      ],
    ];
  },
  'CPO chargingprofiles': ({ sessionId }) => {
    const query = 'duration=60&response_url=https://stranger.example/result';
    return [
      ['GET', `chargingprofiles/${sessionId}?${query}`],
      ['PUT', `chargingprofiles/${sessionId}`, {}],
      ['DELETE', `chargingprofiles/${sessionId}?${query}`],
    ];
  },
  'EMSP chargingprofiles': ({ session }) => [
    ['PUT', `chargingprofiles/${session}`, {}],
    ['POST', 'chargingprofiles/rco_theirs', { result: 'ACCEPTED' }],
  ],
  'EMSP locations': (_names, version) => [
    ['GET', 'locations/DE/JNA/L-17'],
    ['GET', 'locations/DE/JNA/L-17/L17-E1'],
    ['GET', 'locations/DE/JNA/L-17/L17-E1/1'],
    ['PATCH', 'locations/DE/JNA/L-17', { name: 'Stolen', last_updated: later }],
    ['PATCH', 'locations/DE/JNA/L-17/L17-E1', { status: 'REMOVED', last_updated: later }],
    ['PUT', 'locations/DE/JNA/L-17/L17-E1', goldenDocument(version, 'evse')],
    ['PUT', 'locations/DE/JNA/L-17/L17-E1/1', goldenDocument(version, 'connector')],
    ['PATCH', 'locations/DE/JNA/L-17/L17-E1/1', { max_voltage: 1, last_updated: later }],
    ['DELETE', 'locations/DE/JNA/L-17'],
  ],
  'EMSP tariffs': ({ tariff }) => [
    ['GET', `tariffs/DE/JNA/${tariff}`],
    ['PATCH', `tariffs/DE/JNA/${tariff}`, { currency: 'XXX', last_updated: later }],
    ['DELETE', `tariffs/DE/JNA/${tariff}`],
  ],
  'EMSP sessions': ({ session }) => [
    ['GET', `sessions/DE/JNA/${session}`],
    ['PATCH', `sessions/DE/JNA/${session}`, { kwh: 99, last_updated: later }],
  ],
  'EMSP cdrs': ({ cdr = '' }) => [
    ['GET', cdr],
    ['DELETE', cdr],
  ],
  'EMSP invoicereconciliation': () => [
    ['GET', 'invoicereconciliation/DE/JNA/IR-2026-03'],
    ['DELETE', 'invoicereconciliation/DE/JNA/IR-2026-03'],
  ],
  'EMSP commands': () => [['POST', 'commands/rco_theirs', { result: 'ACCEPTED' }]],
};

/** The same, but that a stranger may also say it of its own, under the same party and id. */
const ownCopies: typeof attempts = {
  'EMSP locations': (_names, version) => [
    [
      'PUT',
      'locations/DE/JNA/L-17',
      goldenDocument(version, 'location', { name: 'Own', last_updated: later }),
    ],
  ],
  'EMSP tariffs': ({ tariff }, version) => [
    [
      'PUT',
      `tariffs/DE/JNA/${tariff}`,
      goldenDocument(version, 'tariff', { currency: 'SEK', last_updated: later }),
    ],
  ],
  'EMSP sessions': ({ session }, version) => [
    [
      'PUT',
      `sessions/DE/JNA/${session}`,
      goldenDocument(version, 'session', { kwh: 99, last_updated: later }),
    ],
  ],
  'EMSP cdrs': (_names, version) => [
    ['POST', 'cdrs', goldenDocument(version, 'cdr', { total_energy: 99, last_updated: later })],
  ],
  'EMSP invoicereconciliation': (_names, version) => {
    if (version !== '2.3.0') return [];
    const record = goldenDocument(version, 'invoiceRecord', { last_updated: later });
    return [
      ['POST', 'invoicereconciliation', record],
      ['PUT', 'invoicereconciliation/DE/JNA/IR-2026-03', record],
    ];
  },
};

/** The requests to modules in which every partner of an operator sees the same, and another operator's sees nothing. */
const ofOperator: typeof attempts = {
  'CPO locations': ({ locationId }) => [
    ['GET', 'locations'],
    ['GET', `locations/${locationId}`],
    ['GET', `locations/${locationId}/x`],
    ['GET', `locations/${locationId}/x/1`],
  ],
  'CPO tariffs': () => [['GET', 'tariffs']],
  'EMSP tokens': () => [
    ['GET', 'tokens'],
    ['POST', 'tokens/04A2B3C4D5/authorize'],
  ],
};

const forAll = Object.keys(ofOperator);

const seenBy = async (call: Caller, views: readonly Asked[]) => {
  const seen: unknown[] = [];
  for (const view of views) seen.push((await call(...view)).data);
  return seen;
};

/** Has a stranger make all attempts on a module, and checks that it sees nothing. */
async function attempt(
  name: string,
  { names, secrets }: Stage,
  stranger: Caller,
  version: string,
): Promise<void> {
  for (const asked of attempts[name]?.(names, version) ?? []) {
    const { data = null } = await stranger(...asked);
    const shown = JSON.stringify(data);
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    // Success is a list without anything, or the answer that a command was not taken.
    if (Array.isArray(data)) expect(data).toEqual([]);
  }
  for (const copy of ownCopies[name]?.(names, version) ?? []) {
    expect((await stranger(...copy)).statusCode).toBe(1000);
  }
}

describe.each([...ocpiVersions])('strangers among the partners of OCPI %s', (version) => {
  let stages: Readonly<Record<string, Stage>>;

  beforeAll(async () => {
    stages = { CPO: await driversStage(version), EMSP: await chargersStage(version) };
  });

  const stageOf = (name: string): Stage => {
    const stage = stages[name.split(' ')[0] ?? ''];
    if (stage === undefined) throw new Error(`There is no ${name}`);
    return stage;
  };

  it('the partner sees all that is its own', async () => {
    for (const { own, views, secrets } of Object.values(stages)) {
      const seen = JSON.stringify(await seenBy(own, views));
      for (const secret of secrets) expect(seen).toContain(secret);
    }
  });

  it.each(Object.keys(attempts))(
    'a stranger with a token of its own neither sees nor changes anything of a partner by %s',
    async (name) => {
      const stage = stageOf(name);
      const before = await seenBy(stage.own, stage.views);

      for (const stranger of Object.values(stage.strangers)) {
        await attempt(name, stage, stranger, version);
        expect(await seenBy(stage.own, stage.views)).toEqual(before);
      }
    },
  );

  it.each(forAll)(
    '%s are the operator’s: one of another operator’s partners sees none',
    async (name) => {
      const { own, strangers } = stageOf(name);
      const module = name.split(' ')[1] ?? '';
      const all = (await own('GET', module)).data as readonly Golden[];

      expect(all.length).toBeGreaterThan(0);
      expect((await strangers['same party']('GET', module)).data).toEqual(all);
      expect((await strangers['other operator']('GET', module)).data).toEqual([]);
      for (const asked of ofOperator[name]?.(stageOf(name).names, version) ?? []) {
        const { http, data } = await strangers['other operator'](...asked);
        expect(http === 404 || (Array.isArray(data) && data.length === 0)).toBe(true);
      }
    },
  );
});

describe('the attempts of strangers', () => {
  it.each([...ocpiVersions])(
    'they are made by every route that partners of OCPI %s find',
    (version) => {
      const names = {
        ...{ sessionId: 'S', cdrId: 'C', locationId: 'L', uid: 'U' },
        ...{ session: 'S', tariff: 'T', cdr: 'cdrs/C' },
      };
      const tried = servedModules.flatMap(({ role, module }) => {
        const name = `${role} ${module}`;
        const asked = [
          ...(attempts[name]?.(names, version) ?? []),
          ...(ofOperator[name]?.(names, version) ?? []),
          ...(ownCopies[name]?.(names, version) ?? []),
        ];
        return asked.map(([method, place]) => {
          const [, ...rest] = (place.split('?')[0] ?? '').split('/');
          return moduleRouteOf({ role, module, version, rest }, method as 'GET');
        });
      });
      const missed = moduleRoutes.filter(
        (route) => route.versions.includes(version) && !tried.includes(route),
      );
      expect(
        missed.map(({ role, method, module, path }) => `${role} ${method} ${module}/${path}`),
      ).toEqual([]);
    },
  );

  it('every module that partners find has routes, and none has another', () => {
    const routed = new Set(moduleRoutes.map(({ role, module }) => `${role} ${module}`));
    expect([...routed].toSorted()).toEqual(
      servedModules.map(({ role, module }) => `${role} ${module}`).toSorted(),
    );
  });
});
