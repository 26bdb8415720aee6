import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  type ShownCdr,
  type ShownSession,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';
import type { TestCharger } from '../test-charger.ts';

const start = '2026-02-10T18:00:00.000Z';

const ownToEach = /^(?:chargerId|sessionId|cdrId|transactionId|receivedAt|readingsHash|seal)$/;

/** A session without the values that depend on the charger and on the times of receipt. */
const apartFromReceipt = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part) => (ownToEach.test(key) ? undefined : part)));

/** When the stop of a session was received, epoch ms. */
const receiptOf = (cdr: ShownCdr): number =>
  Date.parse((cdr as unknown as Cdr).evidence.session.stop?.receivedAt ?? '');

/** Duplicates, disorder, delay: what a real fleet does to a backend. */
export const disorderScenarios = (flow: () => Flow): void => {
  const charger = async (): Promise<Registered> => {
    const tariffId = await registerTariff(flow(), { perKwh: '0.40' });
    await registerToken(flow(), 'EMMY');
    return registerCharger(flow(), { tariffId });
  };
  const begin = (plug: TestCharger, changes: object = {}) =>
    plug.call('StartTransaction', {
      connectorId: 1,
      idTag: 'EMMY',
      meterStart: 0,
      timestamp: start,
      ...changes,
    });
  const end = (plug: TestCharger, transactionId: unknown, changes: object = {}) =>
    plug.call('StopTransaction', {
      transactionId,
      meterStop: 8000,
      timestamp: minutesAfter(start, 60),
      ...changes,
    });
  const onlySession = async (registered: Registered) => {
    const sessions = await sessionsOf(flow(), registered.chargerId);
    expect(sessions).toHaveLength(1);
    return sessions[0]?.sessionId ?? '';
  };

  const tariffOf = async ({ chargerId }: Registered): Promise<string> => {
    const { body } = await flow().operator.get<{ tariffId: string }>(`/chargers/${chargerId}`);
    return body.tariffId;
  };
  /** Charges; `heard` says in which minute each message is received: by the minute it is about, and by their count. */
  const chargeHeardAt = async (
    registered: Registered,
    heard: (minute: number, count: number) => number,
  ) => {
    const plug = await connect(flow(), registered);
    let count = 0;
    const at = async <T>(minute: number, act: () => Promise<T>): Promise<T> => {
      count += 1;
      flow().gateway.receivedAt = Date.parse(start) + heard(minute, count) * 60_000 + 300;
      return await act();
    };
    try {
      const { transactionId } = await at(0, () => begin(plug));
      for (const [minute, status] of [
        [10, 'Charging'],
        [20, undefined],
        [40, undefined],
        [50, 'SuspendedEV'],
      ] as const) {
        await at(minute, () => report(plug, transactionId, minute, status));
      }
      await at(60, () => end(plug, transactionId));
    } finally {
      flow().gateway.receivedAt = undefined;
      await plug.close();
    }
    const sessionId = await onlySession(registered);
    const cdr = await cdrOf(flow(), sessionId);
    await flow().drained();
    const session = await flow().operator.get<ShownSession>(`/sessions/${sessionId}`);
    return { session: session.body, cdr };
  };
  /** A state of the connector, or else its register: 200 Wh a minute, 8 kWh in the end. */
  const report = (plug: TestCharger, transactionId: unknown, minute: number, status?: string) =>
    status === undefined
      ? plug.call('MeterValues', {
          connectorId: 1,
          transactionId,
          meterValue: [energyAt(minutesAfter(start, minute), minute * 200)],
        })
      : plug.call('StatusNotification', {
          connectorId: 1,
          errorCode: 'NoError',
          status,
          timestamp: minutesAfter(start, minute),
        });

  describe('a charger that repeats itself', () => {
    it('a repeated start gets the same transaction id, over other connections and message ids', async () => {
      const registered = await charger();
      const first = await connect(flow(), registered);
      const one = await begin(first);
      const second = await connect(flow(), registered);
      const two = await begin(second);
      await second.close();
      const third = await connect(flow(), registered);
      const three = await begin(third);

      expect(two).toEqual(one);
      expect(three).toEqual(one);
      await onlySession(registered);
      await third.close();
    });

    it('a session is billed once, however often readings and the stop arrive', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      const { transactionId } = await begin(plug);
      const reading = {
        connectorId: 1,
        transactionId,
        meterValue: [energyAt(minutesAfter(start, 30), 4000)],
      };
      for (let times = 0; times < 3; times += 1) await plug.call('MeterValues', reading);
      for (let times = 0; times < 3; times += 1) await end(plug, transactionId);
      const cdr = await cdrOf(flow(), await onlySession(registered));

      expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 8, anomalies: [] });
      expect(cdr.seal?.sequence).toBe(1);
      await plug.close();
    });
  });

  describe('a charger that was offline', () => {
    it('a fault that is reported after what followed it counts for the uptime of its month', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      for (const [minute, status] of [
        [0, 'Available'],
        [30, 'Preparing'],
        [20, 'Faulted'],
      ] as const) {
        await report(plug, undefined, minute, status);
        await flow().drained();
      }
      await plug.close();

      const path = `/monitoring/uptime?month=${start.slice(0, 7)}&limit=100`;
      const { items } = (
        await flow().operator.get<{
          items: readonly { chargerId: string; connectors: readonly object[] }[];
        }>(path)
      ).body;
      const own = items.find(({ chargerId }) => chargerId === registered.chargerId);
      expect(own?.connectors[0]).toMatchObject({ connectorId: 1, outageMinutes: 10 });
    });

    it('a charger that was offline replays its queue days later and gets the session it would have had online', async () => {
      const online = await charger();
      const tariffId = await tariffOf(online);
      const offline = await registerCharger(flow(), { tariffId });
      const threeDays = 3 * 24 * 60;

      const onTime = await chargeHeardAt(online, (minute) => minute);
      const daysLate = await chargeHeardAt(offline, (_minute, count) => threeDays + count / 100);

      expect(onTime.session).toMatchObject({ state: 'ended', energyKwh: 8, anomalies: [] });
      expect(onTime.cdr).toMatchObject({
        state: 'sealed',
        durationSeconds: 3600,
        idleSeconds: 600,
      });
      expect(receiptOf(daysLate.cdr) - receiptOf(onTime.cdr)).toBeGreaterThan(71 * 3_600_000);
      expect(apartFromReceipt(daysLate)).toEqual(apartFromReceipt(onTime));
    });

    it('a reconnecting charger takes over at once, and the end of its old connection changes nothing', async () => {
      const registered = await charger();
      const old = await connect(flow(), registered);
      await old.call('Heartbeat', {});
      const fresh = await connect(flow(), registered);
      await fresh.call('Heartbeat', {});
      await old.closed;
      await flow().drained();

      const shown = await flow().operator.get(`/chargers/${registered.chargerId}`);

      expect(shown.body).toMatchObject({ online: true });
      await fresh.close();
      const gone = await eventually(
        () => flow().operator.get(`/chargers/${registered.chargerId}`),
        ({ body }) => body['online'] === false,
      );
      expect(gone.body).toMatchObject({ online: false });
    });
  });

  describe('a charger that never got its transaction id', () => {
    it.each([0, -1])(
      'readings and stop with transaction id %i belong to the open session of the charger',
      async (wrong) => {
        const registered = await charger();
        const plug = await connect(flow(), registered);
        await begin(plug);
        await plug.call('MeterValues', {
          connectorId: 1,
          transactionId: wrong,
          meterValue: [energyAt(minutesAfter(start, 30), 3000)],
        });
        await end(plug, wrong);
        const cdr = await cdrOf(flow(), await onlySession(registered));

        expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 8, durationSeconds: 3600 });
        expect(cdr.anomalies.map(({ code }) => code)).toEqual(['READINGS_GUESSED', 'STOP_GUESSED']);
        await plug.close();
      },
    );

    it('a stop without any start is kept as evidence', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);

      const answer = await end(plug, 4711, { idTag: 'EMMY' });
      const session = await onlySession(registered);
      const cdr = await cdrOf(flow(), session);

      expect(answer).toBeTypeOf('object');
      expect(cdr).toMatchObject({ state: 'held', total: null });
      expect(cdr.anomalies.map(({ code }) => code)).toContain('STOP_WITHOUT_START');
      await plug.close();
    });
  });

  describe('a connector that is busy', () => {
    it('a new session on a busy connector is accepted, and the forgotten one is closed and billed by its readings', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      const forgotten = await begin(plug);
      await plug.call('MeterValues', {
        connectorId: 1,
        transactionId: forgotten['transactionId'],
        meterValue: [energyAt(minutesAfter(start, 30), 3000)],
      });
      const next = await begin(plug, { timestamp: minutesAfter(start, 120), meterStart: 3000 });
      const sessions = await eventually(
        () => sessionsOf(flow(), registered.chargerId),
        (all) => all.some(({ state }) => state === 'ended'),
      );

      expect(next['transactionId']).not.toBe(forgotten['transactionId']);
      expect(sessions.map(({ state }) => state)).toEqual(['active', 'ended']);
      const cdr = await eventually(
        () => cdrOf(flow(), sessions[1]?.sessionId ?? ''),
        (one) => one.state === 'sealed',
      );
      expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 3 });
      expect(cdr.anomalies.map(({ code }) => code)).toContain('STOP_MISSING');
      await plug.close();
    });

    it('a forgotten session is billed by its own stop after all if that arrives late', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      const forgotten = await begin(plug);
      const [session] = await sessionsOf(flow(), registered.chargerId);
      await begin(plug, { timestamp: minutesAfter(start, 120), meterStart: 8000 });
      const held = await cdrOf(flow(), session?.sessionId ?? '');

      await end(plug, forgotten['transactionId']);
      const sealed = await eventually(
        () => cdrOf(flow(), session?.sessionId ?? ''),
        (cdr) => cdr.state === 'sealed',
      );

      expect(held).toMatchObject({ state: 'held', total: null });
      expect(sealed).toMatchObject({
        state: 'sealed',
        energyKwh: 8,
        durationSeconds: 3600,
        total: { exclVat: '3.20' },
      });
      const queue = await flow().operator.get<{ items: { cdrId: string }[] }>(
        '/cdrs?state=held&limit=100',
      );
      expect(queue.body.items.map(({ cdrId }) => cdrId)).not.toContain(sealed.cdrId);
      await plug.close();
    });

    it('a second, different stop is visible, and the first one is billed', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      const { transactionId } = await begin(plug);
      await end(plug, transactionId);
      await end(plug, transactionId, { meterStop: 8500, timestamp: minutesAfter(start, 90) });
      const sessionId = await onlySession(registered);
      const cdr = await cdrOf(flow(), sessionId);
      const readings = await flow().operator.get<{ items: { kind: string }[] }>(
        `/sessions/${sessionId}/readings`,
      );

      expect(cdr.energyKwh).toBe(8);
      expect(readings.body.items.filter(({ kind }) => kind === 'stop')).toHaveLength(2);
      const session = await eventually(
        () => flow().operator.get<{ anomalies: { code: string }[] }>(`/sessions/${sessionId}`),
        ({ body }) => body.anomalies.some(({ code }) => code === 'SECOND_STOP'),
      );
      expect(session.body.anomalies.map(({ code }) => code)).toContain('SECOND_STOP');
      await plug.close();
    });
  });

  describe('a token that is not accepted', () => {
    it.each([
      ['blocked', { status: 'blocked' }, 'Blocked'],
      ['expired', { validUntil: '2020-01-01T00:00:00Z' }, 'Expired'],
    ])(
      'a token that is not accepted is answered as %s, and its session is kept under a real id',
      async (name, options, status) => {
        const registered = await charger();
        const tokenId = `TAG-${name}`.toUpperCase();
        await registerToken(flow(), tokenId, options);
        const plug = await connect(flow(), registered);

        const authorized = await plug.call('Authorize', { idTag: tokenId });
        const started = await begin(plug, { idTag: tokenId });

        expect(authorized).toMatchObject({ idTagInfo: { status } });
        expect(started).toMatchObject({ idTagInfo: { status } });
        expect(started['transactionId']).toBeGreaterThan(0);
        await onlySession(registered);
        await plug.close();
      },
    );

    it('an unknown token is answered as Invalid', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);

      expect(await begin(plug, { idTag: 'STRANGER' })).toMatchObject({
        idTagInfo: { status: 'Invalid' },
      });
      await onlySession(registered);
      await plug.close();
    });
  });
};
