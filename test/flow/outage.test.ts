import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { describeOnEachEngine } from '../runner/dynamodb/engines.ts';
import {
  cdrOf,
  connect,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

const messages = /MessageFunction/;
const everybody = /./;

/** A message that failed again is hidden for minutes; here for a second. */
function comeBackSoon({ name, template }: StackTemplate): StackTemplate {
  const text = JSON.stringify(template).replace(
    /"VisibilityTimeout":\d+/g,
    '"VisibilityTimeout":1',
  );
  return { name, template: JSON.parse(text) };
}

const start = '2026-03-05T09:00:00.000Z';
const minutes = [10, 20, 30, 40, 50];

type Act = 'start' | 'readings' | 'stop';

const sealed = {
  state: 'sealed',
  energyKwh: 12,
  startedAt: start,
  endedAt: minutesAfter(start, 60),
  meterStart: { wh: 5000 },
  meterStop: { wh: 17_000 },
  total: { currency: 'EUR', inclVat: '6.00' },
  anomalies: [],
  // Five readings and what the stop says.
  evidence: { readings: 6 },
  seal: { sequence: 1 },
};

describeOnEachEngine('charging on %s', (engine) => {
  let flow: RunningFlow;

  beforeAll(async () => {
    flow = await startFlow({ engine, editStack: comeBackSoon });
  });
  afterAll(async () => {
    await flow.stop();
  });

  /** An hour of charging: 12 kWh for 6 EUR. For some of it the database is out for a function, or for all of them. */
  async function charge(out: readonly Act[], failsFor = messages) {
    const tariffId = await registerTariff(flow, { perKwh: '0.50' });
    await registerToken(flow, 'OTTO');
    const registered = await registerCharger(flow, { tariffId });
    const plug = await connect(flow, registered);
    const act = async <T>(name: Act, deed: () => Promise<T>): Promise<T> => {
      flow.database.failsFor = out.includes(name) ? failsFor : undefined;
      const answer = await deed();
      // An outage that goes on keeps everybody out; the last of its messages waits until it is over.
      if (failsFor === messages) await flow.drained();
      return answer;
    };

    const { transactionId, idTagInfo } = await act('start', () =>
      plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'OTTO',
        meterStart: 5000,
        timestamp: start,
      }),
    );
    for (const minute of minutes) {
      const meterValue = [energyAt(minutesAfter(start, minute), 5000 + minute * 200)];
      const values = { connectorId: 1, transactionId, meterValue };
      expect(await act('readings', () => plug.call('MeterValues', values))).toEqual({});
    }
    const stop = { transactionId, meterStop: 17_000, timestamp: minutesAfter(start, 60) };
    expect(await act('stop', () => plug.call('StopTransaction', stop))).toEqual({});
    flow.database.failsFor = undefined;
    await plug.close();
    return { chargerId: registered.chargerId, transactionId, idTagInfo };
  }

  /** The one sealed CDR of a charger, of the transaction that was answered, when nothing waits any more. */
  async function billOf({ chargerId, transactionId }: Awaited<ReturnType<typeof charge>>) {
    const list = () => sessionsOf(flow, chargerId);
    const sessions = await eventually(
      list,
      ([one]) => one?.cdrId !== undefined && one.cdrId !== null,
    );
    await flow.drained();
    expect(sessions.map((session) => session.transactionId)).toEqual([String(transactionId)]);
    const cdrs = await flow.operator.get<{ items: unknown[] }>(`/cdrs?chargerId=${chargerId}`);
    const cdr = await cdrOf(flow, sessions[0]?.sessionId ?? '');
    expect(cdrs.body.items).toEqual([cdr]);
    return cdr;
  }

  describe('a database that is out for the function that answers chargers', () => {
    it("a start during an outage of the message function's database loses nothing: the session has the id of the answer", async () => {
      const charged = await charge(['start']);

      expect(charged.idTagInfo).toEqual({ status: 'Invalid' });
      expect(await billOf(charged)).toMatchObject(sealed);
    });

    it("readings during an outage of the message function's database lose nothing", async () => {
      const charged = await charge(['readings']);

      expect(charged.idTagInfo).toEqual({ status: 'Accepted' });
      expect(await billOf(charged)).toMatchObject(sealed);
    });

    it("a stop during an outage of the message function's database loses nothing", async () => {
      expect(await billOf(await charge(['stop']))).toMatchObject(sealed);
    });
  });

  describe('a database that is out for everybody', () => {
    it('a whole session during an outage of the database for all functions loses nothing: it is retried until it is stored', async () => {
      const charged = await charge(['start', 'readings', 'stop'], everybody);

      expect(charged.idTagInfo).toEqual({ status: 'Invalid' });
      expect(await billOf(charged)).toMatchObject({ ...sealed, evidence: expect.anything() });
    });

    it('a charger that asks for a token during an outage gets an error instead of no answer', async () => {
      const plug = await connect(flow, await registerCharger(flow));
      flow.database.failsFor = everybody;
      const frame = await plug.send('Authorize', { idTag: 'OTTO' });
      flow.database.failsFor = undefined;

      expect(frame.slice(0, 3)).toEqual([4, expect.any(String), 'InternalError']);
      await plug.close();
    });
  });
});
