import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { countRequests } from '../count-requests.ts';
import { at, type TestCharger } from '../plant.ts';
import { expectValid, openSite, type TestSite } from '../test-site.ts';
import { ended, energy, event, evse, started, tag, updated } from './v201-events.ts';

type Payload = Record<string, unknown>;

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1', accountId: 'acc-1', parentTokenId: 'FLEET' }, { tokenId: 'TAG2' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50', idlePerMinute: '0.10' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
  charger = await site.plugIn(Date.parse(at(70)), 'ocpp2.0.1');
});

const usual = (): readonly Payload[] => [
  started(),
  updated(1, 20),
  updated(2, 40),
  updated(3, 50, { triggerReason: 'ChargingStateChanged' }),
  ended(4),
];

async function charge(events: readonly Payload[]): Promise<Cdr> {
  for (const one of events) await charger.call('TransactionEvent', one);
  await site.settle();
  const [session] = await site.sessions();
  return (await site.cdrOf(session)) as unknown as Cdr;
}

describe('a session of OCPP 2.0.1', () => {
  it('a session of OCPP 2.0.1 is billed by its first and last register, under the id that its charger gave it', async () => {
    const cdr = await charge(usual());

    expect(cdr).toMatchObject({
      state: 'sealed',
      evseId: 1,
      connectorId: 1,
      tokenId: 'TAG1',
      accountId: 'acc-1',
      startedAt: at(0),
      endedAt: at(60),
      energyKwh: 6,
      meterStart: { wh: 1000 },
      meterStop: { wh: 7000 },
      total: { inclVat: '3.00' },
      anomalies: [],
    });
    expect((await site.sessions())[0]).toMatchObject({
      transactionId: 'tx-1',
      stopReason: 'Local',
    });
    await expectValid(site, cdr);
  });

  it('an answer about a token names its group, and no answer speaks of a token that nobody presented', async () => {
    expect(await charger.call('TransactionEvent', started())).toEqual({
      idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'FLEET', type: 'Central' } },
    });
    expect(await charger.call('TransactionEvent', updated(1, 10))).toEqual({});
    const unknown = updated(2, 20, { idToken: tag('NOBODY'), triggerReason: 'StopAuthorized' });
    expect(await charger.call('TransactionEvent', unknown)).toEqual({
      idTokenInfo: { status: 'Invalid' },
    });
    expect(await charger.call('TransactionEvent', ended(3))).toEqual({});
  });

  it('a driver who shows a card while charging sees energy and cost so far, which the CDR never falls below', async () => {
    const ask = (seqNo: number, minute: number) =>
      updated(seqNo, minute, { idToken: tag(), triggerReason: 'Authorized' });
    const idTokenInfo = { status: 'Accepted', groupIdToken: expect.anything() };
    await charger.call('TransactionEvent', started());
    expect(await charger.call('TransactionEvent', ask(1, 1))).toEqual({ idTokenInfo });
    await charger.call('TransactionEvent', updated(2, 20));
    await site.settle();
    const shown = await charger.call('TransactionEvent', ask(3, 21));
    expect(shown).toEqual({
      idTokenInfo,
      totalCost: 1,
      updatedPersonalMessage: { format: 'UTF8', language: 'en', content: '2.000 kWh, 1.00 EUR' },
    });
    const end = await charger.call('TransactionEvent', ended(4, { idToken: tag() }));
    expect(end).toEqual({ idTokenInfo });
    await site.settle();
    const cdr = (await site.cdrOf((await site.sessions())[0])) as unknown as Cdr;
    expect(Number(cdr.total?.inclVat)).toBeGreaterThanOrEqual(Number(shown['totalCost']));
  });

  it('nobody is shown a cost whose token was not accepted, or while no energy was measured', async () => {
    const unknown = { idToken: tag('NOBODY') };
    await charger.call('TransactionEvent', started(unknown));
    await charger.call('TransactionEvent', updated(1, 20));
    await site.settle();
    expect(await charger.call('TransactionEvent', updated(2, 21, unknown))).toEqual({
      idTokenInfo: { status: 'Invalid' },
    });
    expect(
      await charger.call('TransactionEvent', updated(3, 22, { idToken: tag() })),
    ).not.toHaveProperty('totalCost');
  });

  it('a charger whose operator wants it shown gets with each update what the session cost so far, and of an end what is final', async () => {
    await site.call('PUT', '/settings', { showRunningCost: true });
    charger = await site.plugIn(Date.now(), 'ocpp2.0.1');
    expect(await charger.call('TransactionEvent', started())).not.toHaveProperty('totalCost');
    expect(await charger.call('TransactionEvent', updated(1, 20))).toEqual({});
    await site.settle();
    expect(await charger.call('TransactionEvent', updated(2, 40))).toEqual({
      totalCost: 1,
      updatedPersonalMessage: { format: 'UTF8', language: 'en', content: '2.000 kWh, 1.00 EUR' },
    });
    expect(await charger.call('TransactionEvent', ended(3))).toEqual({});
    await site.settle();
    expect(await charger.call('TransactionEvent', updated(2, 40))).toEqual({});
    expect(await charger.call('TransactionEvent', ended(3))).toEqual({ totalCost: 3 });
    await site.call('PUT', '/settings', {});
  });

  it('an end that is repeated after its CDR was sealed is answered with what the session cost', async () => {
    await charge(usual());
    expect(await charger.call('TransactionEvent', ended(4))).toEqual({ totalCost: 3 });
  });

  it('the same session comes of its events in whatever order and however often they arrive', async () => {
    const first = await charge(usual());
    const indices = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], {
      minLength: 10,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(indices, async (order) => {
        await site.register();
        charger = await site.plugIn(Date.parse(at(70)), 'ocpp2.0.1');
        const cdr = await charge(order.map((index) => usual()[index] ?? {}));
        const ids = ['cdrId', 'sessionId', 'chargerId', 'evidence', 'seal'];
        const told = (one: Cdr) =>
          Object.fromEntries(Object.entries(one).filter(([name]) => !ids.includes(name)));
        expect(told(cdr)).toEqual(told(first));
        expect(cdr.evidence.readingsHash).toBe(first.evidence.readingsHash);
      }),
      { numRuns: 6 },
    );
  });

  it('a session of which messages are missing is held and says which', async () => {
    const { state, anomalies } = await charge([
      started(),
      updated(2, 20),
      updated(3, 30),
      updated(7, 50),
      ended(8),
    ]);
    expect(state).toBe('held');
    expect(anomalies).toMatchObject([
      { code: 'SEQ_GAP', message: expect.stringMatching(/ Missing: 1, 4 to 6\.$/) },
    ]);
  });

  it('two different messages with the same number both count, and the CDR names the number', async () => {
    const cdr = await charge([
      started(),
      updated(1, 20),
      updated(1, 40, { triggerReason: 'MeterValueClock' }),
      ended(2),
    ]);
    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: 6,
      anomalies: [{ code: 'SEQ_REPEATED', message: expect.stringMatching(/ Numbers: 1\.$/) }],
    });
    await expectValid(site, cdr);
  });

  it('a message that is sent again in other words, and as one of a time offline, is the same message', async () => {
    const { eventType, ...rest } = updated(1, 20);
    const cdr = await charge([
      started(),
      updated(1, 20),
      { ...rest, offline: true, eventType },
      ended(2),
    ]);
    expect(cdr).toMatchObject({ state: 'sealed', anomalies: [] });
  });

  it('a missing message that arrives before the CDR is made leaves no trace', async () => {
    const cdr = await charge([started(), updated(2, 40), ended(3), updated(1, 20)]);
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6, anomalies: [] });
  });

  it('an end whose start never came is held', async () => {
    const cdr = await charge([updated(1, 20), ended(2, { evse })]);
    expect(cdr).toMatchObject({ state: 'held', evseId: 1 });
    expect(cdr.anomalies.map(({ code }) => code)).toContain('STOP_WITHOUT_START');
  });

  it.each([
    ['after the start', [0, 1, 2, 3]],
    ['although the message with it came before the start', [1, 0, 2, 3]],
    ['although the message with it came before the start and after the end', [3, 1, 0, 2]],
  ])(
    'a session that began without a token is billed to the one that is presented later, %s',
    async (_when, order) => {
      const events = [
        started({ idToken: undefined, triggerReason: 'CablePluggedIn' }),
        updated(1, 1, { idToken: tag(), triggerReason: 'Authorized', meterValue: undefined }),
        updated(2, 30),
        ended(3),
      ];
      const cdr = await charge(order.map((index) => events[index] ?? {}));
      expect(cdr).toMatchObject({
        state: 'sealed',
        tokenId: 'TAG1',
        accountId: 'acc-1',
        total: { inclVat: '3.00' },
        anomalies: [],
      });
    },
  );

  it('a session of which only the end names the token is billed to that token', async () => {
    const cdr = await charge([
      started({ idToken: undefined, triggerReason: 'CablePluggedIn' }),
      updated(1, 30),
      ended(2, { idToken: tag('TAG2') }),
    ]);
    expect(cdr).toMatchObject({ state: 'sealed', tokenId: 'TAG2' });
  });

  it('a session to which nobody presents a token is held', async () => {
    const cdr = await charge([started({ idToken: undefined }), updated(1, 30), ended(2)]);
    expect(cdr.state).toBe('held');
    expect(cdr.anomalies.map(({ code }) => code)).toEqual([
      'TOKEN_NOT_ACCEPTED',
      'UNAUTHORIZED_ENERGY',
    ]);
  });

  it.each([
    ['an update', updated(1, 30, { evse: { id: 2, connectorId: 1 } }), ended(2)],
    ['the end', updated(1, 30), ended(2, { evse: { id: 2, connectorId: 1 } })],
  ])('a session whose place only %s names was there', async (_what, middle, end) => {
    await charger.call('TransactionEvent', started({ evse: undefined }));
    await charger.call('TransactionEvent', middle);
    await site.settle();
    const cdr = await charge([end]);
    expect(cdr).toMatchObject({ state: 'sealed', evseId: 2, connectorId: 1, energyKwh: 6 });
  });

  it('two sessions whose places are not known yet do not end one another', async () => {
    const of = (transactionId: string, one: Payload) => ({
      ...one,
      transactionInfo: { transactionId },
    });
    await charger.call('TransactionEvent', of('a', started({ evse: undefined })));
    await charger.call('TransactionEvent', of('b', started({ evse: undefined })));
    await site.settle();
    expect((await site.sessions()).map(({ state }) => state)).toEqual(['active', 'active']);
  });

  it('a transaction id is the same one in capitals, and the charger is called by it as it began', async () => {
    const named = (transactionId: string, one: Payload) => ({
      ...one,
      transactionInfo: { ...(one['transactionInfo'] as object), transactionId },
    });
    const cdr = await charge([
      named('4F0C-A', started()),
      named('4f0c-a', updated(1, 30)),
      named('4F0C-a', ended(2)),
    ]);
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6, anomalies: [] });
    expect(await site.sessions()).toMatchObject([{ transactionId: '4F0C-A' }]);
  });

  it('two different starts of one transaction at the same time are one session that says so', async () => {
    await charger.call('TransactionEvent', started());
    await charger.call('TransactionEvent', started({ idToken: tag('TAG2') }));
    const sessions = await site.sessions();
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ tokenId: 'TAG1', anomalies: [{ code: 'SECOND_START' }] });
  });

  it('time that the vehicle suspends is idle, and that of a vehicle that has gone is not charged', async () => {
    const state = (seqNo: number, minute: number, chargingState: string, triggerReason: string) =>
      event('Updated', seqNo, minute, { triggerReason }, { chargingState });
    const cdr = await charge([
      started(),
      state(1, 1, 'Charging', 'ChargingStateChanged'),
      updated(2, 20),
      state(3, 30, 'SuspendedEV', 'ChargingStateChanged'),
      event('Updated', 4, 31, { meterValue: [energy(31, 7000)] }),
      state(5, 50, 'Idle', 'EVCommunicationLost'),
      ended(6),
    ]);
    expect(cdr).toMatchObject({ state: 'sealed', idleSeconds: 1200, chargingSeconds: 1800 });
  });

  it('the status of a connector says what its session does, and then what the charger reports', async () => {
    const statusOf = async () =>
      ((await site.call('GET', `/chargers/${site.chargerId}`)).body['connectors'] as Payload[])[0];
    const transactionInfo = { transactionId: 'tx-1', chargingState: 'Charging' };
    const report = { connectorStatus: 'Occupied', evseId: 1, connectorId: 1, timestamp: at(-1) };
    await charger.call('StatusNotification', report);
    await charger.call('TransactionEvent', started({ transactionInfo }));
    await site.settle();
    expect(await statusOf()).toMatchObject({ evseId: 1, connectorId: 1, status: 'Charging' });
    const free = { ...report, connectorStatus: 'Available', timestamp: at(61) };
    await charger.call('StatusNotification', free);
    await site.settle();
    expect(await statusOf()).toMatchObject({ status: 'Available' });
  });

  it('a message of a transaction that does not repeat its EVSE shows the status of the connector that the transaction is on', async () => {
    const connectors = async () =>
      (await site.call('GET', `/chargers/${site.chargerId}`)).body['connectors'] as Payload[];
    const info = (transactionId: string, chargingState: string) => ({
      transactionInfo: { transactionId, chargingState },
    });
    const state = (id: string, seqNo: number, minute: number, chargingState: string) =>
      event('Updated', seqNo, minute, {
        triggerReason: 'ChargingStateChanged',
        ...info(id, chargingState),
      });
    await charger.call('TransactionEvent', started(info('tx-1', 'EVConnected')));
    const other = { id: 2, connectorId: 1 };
    await charger.call(
      'TransactionEvent',
      started({ ...info('tx-2', 'EVConnected'), evse: other }),
    );
    await charger.call('TransactionEvent', state('tx-1', 2, 3, 'SuspendedEV'));
    await charger.call('TransactionEvent', state('tx-1', 1, 2, 'Charging'));
    await charger.call('TransactionEvent', state('tx-2', 1, 2, 'Charging'));
    // Of a transaction that nobody knows the place of.
    await charger.call('TransactionEvent', state('tx-3', 1, 2, 'Charging'));
    await site.settle();

    expect(await connectors()).toMatchObject([
      { evseId: 1, connectorId: 1, status: 'SuspendedEV', statusAt: at(3) },
      { evseId: 2, connectorId: 1, status: 'Charging', statusAt: at(2) },
    ]);
    expect(await connectors()).toHaveLength(2);
  });

  it('MeterValues outside of the transaction, also those of the same moments, change nothing of its bill', async () => {
    await charger.call('TransactionEvent', started());
    for (const minute of [20, 40]) {
      await charger.call('TransactionEvent', updated(minute / 20, minute));
      const meterValue = [energy(minute, 1000 + minute * 100)];
      await charger.call('MeterValues', { evseId: 1, meterValue });
    }
    const cdr = await charge([ended(3)]);
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6, anomalies: [] });
  });

  it('a message that cannot be read is evidence of its session', async () => {
    await charger.call('TransactionEvent', started());
    const answer = await charger.call('TransactionEvent', { ...updated(1, 10), eventType: [] });
    expect(answer).toEqual({});
    expect((await site.sessions())[0]).toMatchObject({ anomalies: [{ code: 'UNUSABLE_MESSAGE' }] });
  });
});

describe('the requests for a message of OCPP 2.0.1', () => {
  it('an update of a session is one write and no read', async () => {
    await charger.call('TransactionEvent', started());
    for (const payload of [
      updated(1, 10),
      updated(2, 20, { evse, triggerReason: 'ChargingStateChanged' }),
    ]) {
      const counted = await countRequests(
        site.database,
        async () => await charger.call('TransactionEvent', payload),
      );
      expect(counted).toEqual({ writes: ['PutItem'], reads: [] });
    }
  });
});
