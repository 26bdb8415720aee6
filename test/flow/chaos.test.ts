import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StepName } from '../../lib/functions/steps.ts';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { auditChain } from './audit-chain.ts';
import { dieAndFreeze } from './die-and-freeze.ts';
import { eventually, registerCharger, registerTariff, registerToken } from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import { type StubbornCharger, stubbornCharger } from './stubborn-charger.ts';
import { wakeEveryStep } from './wake-every-step.ts';

type Bill = Readonly<Record<string, unknown>>;

const chargers = ['CHAOS-1', 'CHAOS-2', 'CHAOS-3', 'CHAOS-4'];
const starts = ['2026-05-01T08:00:00Z', '2026-05-02T08:00:00Z', '2026-05-03T08:00:00Z'];
const minutes = [10, 20, 30, 40, 50];
const messages = /MessageFunction/;

describe('a stack whose functions die in the middle, whose streams repeat themselves and whose database goes away', () => {
  it('a stack each of whose functions dies and freezes, with repeated streams and database outages, seals the same CDRs as an undisturbed one, in chains without a gap', async () => {
    const peace = await startFlow();
    const calm = await runFleet(peace, () => undefined);
    await peace.stop();

    const fates = dieAndFreeze();
    const storm = await startFlow({
      dynamodb: { disturb: fates.disturb },
      eventSources: { disturb: repeatAndReorder },
      editStack: comeBackSoon,
    });
    const guest = await registerCharger(storm, { chargerId: 'CHAOS-GUEST' });
    fates.beginIn(storm);
    await wakeEveryStep(storm, fates, guest);
    const killing = killWorkers(storm);
    const stormy = await runFleet(storm, (phase) => {
      storm.database.failsFor = phase === undefined ? undefined : messages;
    });
    killing.stop();
    for (const chargerId of chargers) {
      const chain = await auditChain(storm.operator, chargerId);
      expect(chain).toHaveLength(starts.length);
    }
    await storm.stop();

    expect(fates.missing()).toEqual(Object.keys(notHere));
    expect(calm).toHaveLength(chargers.length * starts.length);
    for (const bill of calm) {
      expect(bill).toMatchObject({ state: 'sealed', energyKwh: 7.5, idleSeconds: 600 });
    }
    expect(stormy).toEqual(calm);
    const deaths = killing.deaths();
    expect(victims.filter((step) => (deaths.get(step) ?? 0) === 0)).toEqual([]);
  }, 480_000);
});

/** A message that failed is hidden for minutes; here for a second. */
const comeBackSoon = ({ name, template }: StackTemplate): StackTemplate => {
  const text = JSON.stringify(template).replace(
    /"VisibilityTimeout":\d+/g,
    '"VisibilityTimeout":1',
  );
  return { name, template: JSON.parse(text) };
};

/** Each batch comes twice, the second time in halves and backwards. */
const repeatAndReorder = <T>(records: readonly T[]): readonly (readonly T[])[] => {
  const middle = Math.ceil(records.length / 2);
  return [records, records.slice(middle), records.slice(0, middle)].filter(
    (batch) => batch.length > 0,
  );
};

/** The functions that do not die in this test, and why not. */
const notHere: Partial<Readonly<Record<StepName, string>>> = {
  canary:
    'A stack has none unless its settings ask for one, and it stores nothing: it is a charger and an integrator like any other.',
};

const killsOfEach = 5;
const victims = ['Message', 'Tariff', 'Status', 'Cdr', 'Postponed'];

/** Ends each function in the middle of an event, whenever it is seen at work, until it has died often enough. */
const killWorkers = (
  flow: RunningFlow,
): { stop: () => void; deaths: () => ReadonlyMap<string, number> } => {
  const deaths = new Map<string, number>();
  let isOver = false;
  const hunt = async (step: string): Promise<void> => {
    const { functions, kill } = flow.service.stack;
    const victim = functions.find(({ address }) => address.includes(step));
    if (victim === undefined) throw new Error(`There is no function of the step ${step}`);
    for (let count = 0; count < killsOfEach && !isOver; await setTimeout(3)) {
      count += await kill(victim.arn);
      deaths.set(step, count);
    }
  };
  for (const step of victims) void hunt(step);
  return {
    stop: () => {
      isOver = true;
    },
    deaths: () => deaths,
  };
};

/** Phases of a session, in this order. */
type Phase = 'start' | 'readings' | 'stop';

const phases: readonly Phase[] = ['start', 'readings', 'stop'];

/**
 * Charges on all chargers at once. `outage` is called when a phase begins in which the function that answers chargers finds
 * no database, and when it is over: one phase of each session, another one each time.
 */
const runFleet = async (
  flow: RunningFlow,
  outage: (phase: Phase | undefined) => void,
): Promise<readonly Bill[]> => {
  const tariffId = await registerTariff(flow, {
    perKwh: '0.37',
    perMinute: '0.02',
    idlePerMinute: '0.05',
    vatPercent: '19',
  });
  await registerToken(flow, 'MARIE');
  const fleet = await Promise.all(
    chargers.map(async (chargerId) =>
      stubbornCharger(flow, await registerCharger(flow, { chargerId, tariffId })),
    ),
  );
  for (const [index, start] of starts.entries()) {
    const sessions = fleet.map((charger) => sessionOn(charger, start, 1000 + index * 7500));
    for (const phase of phases) {
      const isOut = phase === phases[index];
      if (isOut) outage(phase);
      await Promise.all(sessions.map((session) => session[phase]()));
      if (!isOut) continue;
      outage(undefined);
      // A message after a stop is late for its bill: the charger's own messages wait for the postponed ones.
      await flow.drained();
    }
  }
  await Promise.all(fleet.map((charger) => charger.close()));
  const expected = chargers.length * starts.length;
  const list = () => flow.operator.get<{ items: Bill[] }>('/cdrs?limit=100');
  await eventually(list, ({ body }) => body.items.length >= expected);
  await flow.drained();
  return (await list()).body.items.map(billOf).sort(bySession);
};

const placeOf = (bill: Bill): string => `${bill['startedAt']} ${bill['chargerId']}`;

const bySession = (a: Bill, b: Bill): number => (placeOf(a) < placeOf(b) ? -1 : 1);

// Ids follow from the operator, who is another one in each stack; the seal has its place in the order of ending.
const billOf = ({
  seal,
  evidence,
  tariff,
  operatorId,
  cdrId,
  sessionId,
  transactionId,
  ...bill
}: Bill): Bill => bill;

/** An hour of charging at 9 kW; for the last ten minutes the vehicle is full. */
const sessionOn = (
  charger: StubbornCharger,
  start: string,
  register: number,
): Readonly<Record<Phase, () => Promise<void>>> => {
  let transactionId: unknown;
  const report = async (minute: number, status: string): Promise<void> => {
    await charger.call('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status,
      timestamp: minutesAfter(start, minute),
    });
  };
  return {
    start: async () => {
      const started = await charger.call('StartTransaction', {
        connectorId: 1,
        idTag: 'MARIE',
        meterStart: register,
        timestamp: start,
      });
      transactionId = started['transactionId'];
      await report(0, 'Charging');
    },
    readings: async () => {
      for (const minute of minutes) {
        await charger.call('MeterValues', {
          connectorId: 1,
          transactionId,
          meterValue: [energyAt(minutesAfter(start, minute), register + minute * 150)],
        });
      }
      await report(50, 'SuspendedEV');
    },
    stop: async () => {
      await charger.call('StopTransaction', {
        transactionId,
        idTag: 'MARIE',
        meterStop: register + 7500,
        timestamp: minutesAfter(start, 60),
      });
    },
  };
};
