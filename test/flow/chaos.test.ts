import { describe, expect, it } from 'vitest';
import {
  eventually,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import { type StubbornCharger, stubbornCharger } from './stubborn-charger.ts';

type Cdr = Record<string, unknown> & {
  readonly sessionId: string;
  readonly state: string;
  readonly seal: {
    readonly sequence: number;
    readonly hash: string;
    readonly previousHash: string;
  };
};

const chargers = ['CHAOS-1', 'CHAOS-2', 'CHAOS-3', 'CHAOS-4'];
const starts = ['2026-05-01T08:00:00Z', '2026-05-02T08:00:00Z', '2026-05-03T08:00:00Z'];
const minutes = [10, 20, 30, 40, 50];

describe('a stack whose functions die in the middle and whose streams repeat themselves', () => {
  it('seals the same CDRs as a stack in peace, one for each session, in chains without a gap', async () => {
    const peace = await startFlow();
    const calm = await runFleet(peace);
    await peace.stop();

    const storm = await startFlow({ eventSources: { disturb: repeatAndReorder } });
    const killing = killWorkers(storm);
    const stormy = await runFleet(storm);
    killing.stop();
    await storm.stop();

    expect(killing.killed()).toBeGreaterThan(10);
    expect(stormy.map(({ bill }) => bill)).toEqual(calm.map(({ bill }) => bill));
    expect(stormy).toHaveLength(chargers.length * starts.length);
    for (const chargerId of chargers) {
      const chain = stormy
        .filter(({ bill }) => bill['chargerId'] === chargerId)
        .map(({ seal }) => seal)
        .sort((a, b) => a.sequence - b.sequence);
      expect(chain.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      expect(chain.map(({ previousHash }) => previousHash)).toEqual([
        '0'.repeat(64),
        chain[0]?.hash,
        chain[1]?.hash,
      ]);
    }
  }, 240_000);
});

/** Each batch comes twice, the second time in halves and backwards. */
const repeatAndReorder = <T>(records: readonly T[]): readonly (readonly T[])[] => {
  const middle = Math.ceil(records.length / 2);
  return [records, records.slice(middle), records.slice(0, middle)].filter(
    (batch) => batch.length > 0,
  );
};

const killsOfEach = 5;

/** Ends each function in the middle of an event, whenever it is seen at work, until it has died often enough. */
const killWorkers = (flow: RunningFlow): { stop: () => void; killed: () => number } => {
  const { functions, kill } = flow.service.stack;
  const victims = functions
    .filter(({ address }) => /Message|Cdr|Tariff|Status/.test(address))
    .map(({ arn }) => ({ arn, deaths: 0 }));
  const timer = setInterval(() => {
    for (const victim of victims) {
      if (victim.deaths >= killsOfEach) continue;
      void kill(victim.arn).then((workers) => {
        victim.deaths += workers;
      });
    }
  }, 10);
  return {
    stop: () => clearInterval(timer),
    killed: () => victims.reduce((sum, { deaths }) => sum + deaths, 0),
  };
};

const runFleet = async (flow: RunningFlow) => {
  const tariffId = await registerTariff(flow, {
    perKwh: '0.37',
    perMinute: '0.02',
    vatPercent: '19',
  });
  await registerToken(flow, 'MARIE');
  await Promise.all(chargers.map((chargerId) => runCharger(flow, chargerId, tariffId)));
  const expected = chargers.length * starts.length;
  const list = () => flow.operator.get<{ items: Cdr[] }>('/cdrs?limit=100');
  const { body } = await eventually(list, ({ body }) => body.items.length >= expected);
  await flow.drained();
  return body.items.map((cdr) => ({ bill: billOf(cdr), seal: cdr.seal })).sort(bySession);
};

const bySession = (
  a: { bill: Record<string, unknown> },
  b: { bill: Record<string, unknown> },
): number => (String(a.bill['sessionId']) < String(b.bill['sessionId']) ? -1 : 1);

// What may differ: ids and times that a new stack gives anew, and the seal with its place in the order of ending.
const billOf = ({ seal, evidence, tariff, operatorId, ...bill }: Cdr): Record<string, unknown> =>
  bill;

const runCharger = async (flow: Flow, chargerId: string, tariffId: string): Promise<void> => {
  const registered: Registered = await registerCharger(flow, { chargerId, tariffId });
  const charger = stubbornCharger(flow, registered);
  let register = 1000;
  for (const start of starts) {
    register = await runSession(charger, start, register);
  }
  await charger.close();
};

const runSession = async (
  charger: StubbornCharger,
  start: string,
  register: number,
): Promise<number> => {
  const started = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'MARIE',
    meterStart: register,
    timestamp: start,
  });
  const transactionId = started['transactionId'];
  for (const minute of minutes) {
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [energyAt(minutesAfter(start, minute), register + minute * 150)],
    });
  }
  const meterStop = register + 60 * 150;
  await charger.call('StopTransaction', {
    transactionId,
    idTag: 'MARIE',
    meterStop,
    timestamp: minutesAfter(start, 60),
  });
  return meterStop;
};
