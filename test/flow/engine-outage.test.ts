import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { auditChain } from './audit-chain.ts';
import {
  registerCharger,
  registerTariff,
  registerToken,
  type ShownCdr,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import { type StubbornCharger, stubbornCharger } from './stubborn-charger.ts';

const chargers = ['DARK-1', 'DARK-2', 'DARK-3', 'DARK-4'];
const days = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05', '2026-06-06'];

/** Milliseconds within which every session that has ended has its CDR, once the database is back. */
const patience = 30_000;

// The queues and streams wait as long between tries as the template says, 180 seconds and up to 30.
const asOnAws = { eventSources: { windowScale: 0 } };

test.skipIf((process.env['JOULEGATE_DYNAMODB'] ?? 'dynoxide') !== 'dynoxide')(
  'a stack whose database is killed and frozen again and again seals each session soon after its return, holds none and sees no gap between them',
  async () => {
    const flow = await startFlow(asOnAws);
    const trouble = troubleEngine(flow);
    await runFleet(flow);
    const attacks = await trouble.end();

    const sealed = await Promise.all(chargers.map((chargerId) => sealedSoon(flow, chargerId)));
    for (const cdrs of sealed) {
      expect(cdrs.map(({ state, energyKwh }) => [state, energyKwh])).toEqual(
        days.map(() => ['sealed', 7.5]),
      );
      expect(cdrs.flatMap(({ anomalies }) => anomalies)).toEqual([]);
    }
    expect(attacks.kills).toBeGreaterThan(1);
    expect(attacks.freezes).toBeGreaterThan(0);
    await flow.drained();
    for (const chargerId of chargers) await auditChain(flow.operator, chargerId);
    await flow.stop();
  },
  300_000,
);

const sealedSoon = async (flow: RunningFlow, chargerId: string): Promise<readonly ShownCdr[]> => {
  const list = async (): Promise<readonly ShownCdr[]> => {
    const path = `/cdrs?chargerId=${chargerId}&limit=100`;
    return (await flow.operator.get<{ items: ShownCdr[] }>(path)).body.items;
  };
  const states = async () => {
    const sessions = await sessionsOf(flow, chargerId);
    return sessions.map(({ cdrId }) => cdrId !== null);
  };
  await expect.poll(states, { timeout: patience }).toEqual(days.map(() => true));
  return await list();
};

/** Kills the engine, lets it live a while, freezes it, and so on. */
const troubleEngine = (flow: RunningFlow) => {
  const attacks = { kills: 0, freezes: 0 };
  let isOver = false;
  const attack = async (): Promise<void> => {
    for (let round = 0; !isOver; round += 1) {
      await delay(1_000);
      const engine = engineOf(flow.dataDirectory);
      if (engine === undefined) continue;
      // Oftener than five times a minute and the engine would be given up.
      if (round % 4 === 0 && attacks.kills < 5) {
        process.kill(engine, 'SIGKILL');
        attacks.kills += 1;
      } else if (round % 4 === 2) {
        process.kill(engine, 'SIGSTOP');
        await delay(3_500);
        process.kill(engine, 'SIGCONT');
        attacks.freezes += 1;
      }
    }
  };
  const attacking = attack();
  return {
    end: async () => {
      isOver = true;
      await attacking;
      return attacks;
    },
  };
};

/** The process of the engine, below the shell that guards it; undefined while it is started again. */
const engineOf = (dataDirectory: string): number | undefined => {
  try {
    const lock = readFileSync(join(dataDirectory, 'dynoxide', 'engine.json'), 'utf8');
    const guard = Number(JSON.parse(lock).engine);
    const [child] = readFileSync(`/proc/${guard}/task/${guard}/children`, 'utf8').split(' ');
    return Number(child) || undefined;
  } catch {
    return undefined;
  }
};

const runFleet = async (flow: RunningFlow): Promise<void> => {
  const tariffId = await untilDone(() => registerTariff(flow, { perKwh: '0.37' }));
  await untilDone(() => registerToken(flow, 'NOOR'));
  await Promise.all(
    chargers.map(async (chargerId) => {
      const charger = stubbornCharger(
        flow,
        await untilDone(() => registerCharger(flow, { chargerId, tariffId })),
      );
      for (const [index, day] of days.entries()) {
        await charge(charger, `${day}T08:00:00Z`, 1000 + index * 7500);
      }
      await charger.close();
    }),
  );
};

/** What an operator does by hand is done again after an outage. */
const untilDone = async <T>(deed: () => Promise<T>): Promise<T> => {
  for (let left = 30; ; left -= 1) {
    try {
      return await deed();
    } catch (error) {
      if (left === 0) throw error;
      await delay(500);
    }
  }
};

/** An hour of charging at 7.5 kW, with a reading every two minutes. */
const charge = async (charger: StubbornCharger, start: string, register: number): Promise<void> => {
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'NOOR',
    meterStart: register,
    timestamp: start,
  });
  for (let minute = 2; minute < 60; minute += 2) {
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [energyAt(minutesAfter(start, minute), register + minute * 125)],
    });
  }
  await charger.call('StopTransaction', {
    transactionId,
    idTag: 'NOOR',
    meterStop: register + 7500,
    timestamp: minutesAfter(start, 60),
  });
};
