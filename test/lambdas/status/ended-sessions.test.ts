import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../../../core/units/instant.ts';
import { keepStatus } from '../../../lambdas/status/keep-status.ts';
import { readPoints } from '../../../lambdas/store/monitoring/uptime-points.ts';
import type { Database } from '../../../lambdas/store/table/client.ts';
import { newStatuses } from '../../../lib/functions/record-filters.ts';
import { matchesPattern } from '../../../runner/event-source/event-pattern.ts';
import { ended, started, updated } from '../ocpp/v201-events.ts';
import { at, type Body, messageRecords, scan } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

const own = (connectorStatus: string, minute: number) =>
  [
    'StatusNotification',
    { connectorStatus, evseId: 1, connectorId: 1, timestamp: at(minute) },
  ] as const;

const ofSession = (payload: object) => ['TransactionEvent', payload] as const;

const showing = (chargingState: string) => ({
  transactionInfo: { transactionId: 'tx-1', chargingState },
  triggerReason: 'ChargingStateChanged',
});

const begins = ofSession(started(showing('Charging')));
const pauses = ofSession(updated(1, 10, showing('SuspendedEV')));
const ends = ofSession(ended(2));
const endsCharging = ofSession(
  ended(2, { transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' } }),
);

/** A database of which the request of a kind with a number (0: none) fails once. */
function failingOnce(database: Database, command: string, number: number) {
  let [count, failed] = [0, false];
  const failure = new Error('The request fails.');
  const send = async (request: Parameters<typeof database.client.send>[0]) => {
    if (request.constructor.name === command) count += 1;
    if (number === 0 || failed || count < number) return await database.client.send(request);
    failed = true;
    throw failure;
  };
  const client = new Proxy(database.client, {
    get: (real, name) => (name === 'send' ? send : Reflect.get(real, name)),
  });
  return {
    database: { ...database, client },
    hasFailed: () => failed,
    expected: (error: unknown) => expect(error).toBe(failure),
  };
}

type Message = readonly [string, object];

/** The status of the connector after messages that the charger sends in an order, each kept as often as it says. */
async function shownAfter(messages: readonly Message[]): Promise<Body | undefined> {
  await site.register();
  const charger = await site.plugIn(Date.parse(at(120)), 'ocpp2.0.1');
  const known = new Set<string>();
  for (const [action, payload] of messages) {
    await charger.call(action, payload);
    for (const record of await messageRecords(site.database)) {
      if (record.chargerKey !== site.chargerKey || known.has(record.key)) continue;
      known.add(record.key);
      await keepStatus(site.database, record);
      await keepStatus(site.database, record);
    }
  }
  const { body } = await site.call('GET', `/chargers/${site.chargerId}`);
  return (body['connectors'] as Body[])[0];
}

/** An order in which what the session says keeps its own, and what the connector reports comes anywhere between. */
const anywhere = (session: readonly Message[], reports: readonly Message[]) =>
  fc
    .array(fc.nat(session.length), { minLength: reports.length, maxLength: reports.length })
    .map((places) =>
      [...session.keys(), session.length].flatMap((place) => [
        ...reports.filter((_, n) => places[n] === place),
        ...session.slice(place, place + 1),
      ]),
    );

const anyOrder = (messages: readonly Message[]) =>
  fc.shuffledSubarray([...messages], { minLength: messages.length, maxLength: messages.length });

describe('the status of a connector of OCPP 2.x whose session has ended', () => {
  it.each([
    ['nothing else', ends, [], { status: 'Finishing', statusAt: at(60) }],
    ['that it still charges', endsCharging, [], { status: 'Finishing', statusAt: at(60) }],
    [
      'that it was free before the end',
      ends,
      [own('Available', 59)],
      { status: 'Available', statusAt: at(59) },
    ],
    ['that it is free', ends, [own('Available', 61)], { status: 'Available', statusAt: at(61) }],
    ['that it broke', ends, [own('Faulted', 59)], { status: 'Faulted', statusAt: at(59) }],
  ] as const)(
    'a charger that says %s at the end: the connector does not charge, wherever its reports come between',
    async (_what, end, reports, shown) => {
      const all = [own('Available', -5), ...reports];
      await fc.assert(
        fc.asyncProperty(anywhere([begins, pauses, end], all), async (messages) => {
          expect(await shownAfter(messages)).toMatchObject(shown);
        }),
        { numRuns: 6 },
      );
    },
  );

  it('a late message of the session does not have it charge again, and the next session does', async () => {
    expect(await shownAfter([begins, ends, pauses])).toMatchObject({ status: 'Finishing' });
    const next = started({
      seqNo: 0,
      timestamp: at(70),
      transactionInfo: { transactionId: 'tx-2', chargingState: 'Charging' },
    });
    expect(await shownAfter([begins, ends, ofSession(next)])).toMatchObject({
      status: 'Charging',
      statusAt: at(70),
    });
    expect(await shownAfter([begins, ofSession(next), ends])).toMatchObject({
      status: 'Charging',
      statusAt: at(70),
    });
  });

  it.each([
    ['before the end', 30],
    ['at the time of the end', 60],
    ['after the end, by a clock that was set meanwhile', 61],
  ])(
    'a connector whose session has ended does not charge, in whatever order its messages come, with an update dated %s',
    async (_when, minute) => {
      const charges = ofSession(updated(1, minute, showing('Charging')));
      await fc.assert(
        fc.asyncProperty(anyOrder([begins, charges, ends]), async (messages) => {
          const { status } = (await shownAfter([own('Available', -5), ...messages])) ?? {};
          expect(['Available', 'Finishing']).toContain(status);
        }),
        { numRuns: 12 },
      );
    },
  );

  it.each([
    ['the read of its session', 'GetItemCommand', 1],
    ['the write of its end', 'UpdateItemCommand', 1],
    ['the write of its status', 'UpdateItemCommand', 2],
  ])(
    'a connector whose session ended before any message named it does not charge, though %s fails',
    async (_what, command, place) => {
      await site.register();
      const charger = await site.plugIn(Date.parse(at(120)), 'ocpp2.0.1');
      await charger.call(...own('Available', -5));
      await charger.call(...ends);
      await charger.call(...begins);
      const ofCharger = (await messageRecords(site.database)).filter(
        ({ chargerKey }) => chargerKey === site.chargerKey,
      );
      const named = ofCharger.filter(({ kind, evseId }) => kind === 'event' && evseId !== 0);
      expect(named).toHaveLength(1);
      for (const record of ofCharger) {
        const failing = failingOnce(site.database, command, named.includes(record) ? place : 0);
        await keepStatus(failing.database, record).catch(failing.expected);
        await keepStatus(site.database, record);
        if (named.includes(record)) expect(failing.hasFailed()).toBe(true);
      }
      const { body } = await site.call('GET', `/chargers/${site.chargerId}`);
      expect((body['connectors'] as Body[])[0]).toMatchObject({ status: 'Available' });
    },
  );

  it('a connector shows the second session under a number that its charger uses again', async () => {
    const again = ofSession(
      started({
        timestamp: at(70),
        transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' },
      }),
    );
    expect(await shownAfter([begins, ends, again])).toMatchObject({
      status: 'Charging',
      statusAt: at(70),
    });
  });

  it('the end says nothing of whether the connector works', async () => {
    await shownAfter([begins, ends, own('Faulted', 30)]);
    const [from, to] = [at(-60), at(120)].map((time) => instant(BigInt(Date.parse(time))));
    if (from === undefined || to === undefined) throw new Error('no window');
    const connector = { evseId: 1, connectorId: 1 };
    const points = await readPoints(site.database, site.chargerKey, connector, { from, to });
    const since = instant(BigInt(Date.parse(at(30))));
    expect(points.at(-1)).toEqual({ at: since, state: 'faulted' });
  });

  it('the end of a session is handed to the step that keeps statuses', async () => {
    await shownAfter([begins, ends]);
    const items = await scan(site.database, site.database.readings);
    const handed = items
      .map((NewImage) => ({ eventName: 'INSERT', dynamodb: { NewImage } }))
      .filter((record) => matchesPattern(JSON.parse(JSON.stringify(newStatuses)), record));
    expect(handed.map(({ dynamodb }) => dynamodb.NewImage['kind']?.S)).toContain('stop');
  });
});
