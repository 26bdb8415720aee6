import { askApi } from '../../clients/operator-api.ts';
import { type StepUsage, total } from '../aws-bill/step-usage.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { haveSessions } from '../stack/have-sessions.ts';
import { measureEveryCall } from './measure-every-call.ts';

/** A call of the operator API and what it may take: requests of DynamoDB and their capacity units. */
type Call = {
  readonly name: string;
  readonly method: string;
  /** The path of the n-th time. */
  readonly path: (n: number) => string;
  readonly body?: (n: number) => object;
  readonly requests: number;
  readonly units: number;
};

const listedSessions = 100_000;
const newest = 'from=2020-01-01T00:00:00Z&to=2020-12-31T00:00:00Z';

const read = (name: string, path: string, [requests, units]: readonly [number, number]): Call => ({
  name,
  method: 'GET',
  path: () => path,
  requests,
  units,
});

/** Twenty sessions that were not pushed before. */
const pushed = (n: number): readonly object[] =>
  Array.from({ length: 20 }, (_none, index) => ({
    carConnected: new Date(Date.UTC(2020, 5, 1, n, index)).toISOString(),
    carDisconnected: new Date(Date.UTC(2020, 5, 1, n + 1, index)).toISOString(),
    kiloWattHours: 7.5,
  }));

/** The calls that an integrator makes most, in the order of a first day. */
const callsOf = (tariffId: string): readonly Call[] => [
  {
    name: 'POST /locations',
    method: 'POST',
    path: () => '/locations',
    body: (n) => ({
      name: `Bench ${n}`,
      address: 'Street 1',
      city: 'City',
      country: 'CHE',
      coordinates: { latitude: '47.1', longitude: '8.2' },
      timeZone: 'Europe/Zurich',
    }),
    requests: 3,
    units: 6,
  },
  {
    name: 'POST /chargers',
    method: 'POST',
    path: () => '/chargers',
    body: (n) => ({ chargerId: `CALL-${n}`, tariffId, connectors: 1 }),
    requests: 6,
    units: 16,
  },
  {
    name: 'POST /tokens',
    method: 'POST',
    path: () => '/tokens',
    body: (n) => ({ tokenId: `CALL-${n}`, accountId: 'bench' }),
    // A transaction, so that its change is counted wherever the call dies: a request less, and twice the units.
    requests: 2,
    units: 7,
  },
  {
    name: 'PATCH /chargers/{chargerId}',
    method: 'PATCH',
    path: (n) => `/chargers/CALL-${n}`,
    body: (n) => ({ name: `Charger ${n}` }),
    requests: 6,
    units: 16,
  },
  read('GET /chargers/{chargerId}', '/chargers/CALL-0', [4, 4]),
  read('GET /chargers?limit=100', '/chargers?limit=100', [6, 12]),
  read('GET /sessions/active', '/sessions/active', [4, 8]),
  read(
    `GET /sessions?limit=100 among ${listedSessions.toLocaleString('en')}`,
    `/sessions?limit=100&${newest}`,
    [6, 110],
  ),
  read('The same of one charger', `/sessions?limit=100&chargerId=bench-000000&${newest}`, [5, 110]),
  read('GET /cdrs?limit=100', '/cdrs?limit=100', [5, 110]),
  read('GET /events', '/events', [5, 10]),
  {
    name: 'POST /api/gateway/sessions with 20 sessions',
    method: 'POST',
    path: () => '/api/gateway/sessions',
    body: (n) => ({ sessions: pushed(n) }),
    requests: 50,
    units: 120,
  },
];

/** Times each call is made: the least of them has no look at the key, which the functions repeat now and then. */
const times = 3;

/** The usage of the steps that answer calls. */
const answering = (steps: readonly StepUsage[]): readonly StepUsage[] =>
  steps.filter(({ step }) => step === 'api' || step === 'push');

type Taken = { readonly requests: number; readonly reads: number; readonly writes: number };

async function takenBy(stack: BenchStack, call: Call): Promise<Taken> {
  const seen: Taken[] = [];
  for (let n = 0; n < times; n += 1) {
    const { steps } = await stack.countDuring(async () => {
      await askApi(stack.access, call.method, call.path(n), call.body?.(n));
    });
    const used = answering(steps);
    seen.push({
      requests: total(used, 'writeRequests') + total(used, 'readRequests'),
      reads: total(used, 'readUnits'),
      writes: total(used, 'writeUnits'),
    });
  }
  return seen.reduce((least, one) => (one.requests < least.requests ? one : least));
}

/** The requests and capacity units of calls of the operator API, a list among many sessions among them. */
export async function measureCalls(
  stack: BenchStack,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  progress(`Calls: ${listedSessions.toLocaleString('en')} sessions to list`);
  await haveSessions(stack, listedSessions);
  progress('Calls: what each takes');
  const rows: Row[] = [];
  for (const call of callsOf(stack.tariffId)) {
    const { requests, reads, writes } = await takenBy(stack, call);
    rows.push(
      atMost(`${call.name}: requests`, call.requests, requests, { unit: 'requests' }),
      atMost(`${call.name}: capacity units`, call.units, reads + writes, {
        unit: 'units',
        note: `${reads} read and ${writes} written`,
      }),
    );
  }
  progress('Calls: every one of them');
  return [...rows, ...(await measureEveryCall(stack))];
}
