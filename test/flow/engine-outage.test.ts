import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFailed, test } from 'vitest';
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
/** Sessions of each charger at least, one a day; and at most, where the attacks take long. */
const fewest = 4;
const most = 20;

// Milliseconds: longer than functions try, so that what chargers send is postponed, and then fails once more.
const deadTime = 4_000;
const freeze = 3_000;
const fullTime = 3_000;

// The queues and streams wait as long between tries as the template says, 180 seconds and up to 30. Windows and delays are shorter, but
// not nothing; a session whose stop waits while the next one begins has its whole quarter of an hour until its readings bill it.
const missingStops = /"missingSince"/;
const asOnAws = { eventSources: { windowScale: 0.05, wholeDelays: missingStops } };

/** A database at a URL is nobody's to kill. */
const engineName = process.env['JOULEGATE_DYNAMODB'] ?? 'dynoxide';

test.skipIf(engineName.includes(':'))(
  'a stack whose database is killed, frozen and out of disk space again and again seals each session soon after its return, holds none and claims no gap between them',
  async () => {
    const lines: string[] = [];
    let stage = 'start';
    onTestFailed(() => console.error('The outage of the engine ended at:', stage, lines));
    const flow = await startFlow({ ...asOnAws, progress: (line) => lines.push(line) });
    stage = 'charging';
    const refusedWrites = () => lines.filter((line) => line.includes('cannot write')).length;
    const trouble = troubleEngine(flow, refusedWrites);
    const counts = await runFleet(flow, trouble.isEnough);
    stage = 'end of the attacks';
    const attacks = await trouble.end();
    stage = 'sealing';

    const sealed = await Promise.all(
      chargers.map((chargerId, n) => sealedSoon(flow, chargerId, counts[n] ?? 0)),
    );
    for (const [n, cdrs] of sealed.entries()) {
      expect(cdrs.map(({ state, energyKwh }) => [state, energyKwh])).toEqual(
        Array.from({ length: counts[n] ?? 0 }, () => ['sealed', 7.5]),
      );
      expect(cdrs.flatMap(({ anomalies }) => anomalies)).toEqual([]);
    }
    expect(attacks.kills).toBeGreaterThan(1);
    expect(attacks.fullDisks).toBeGreaterThan(0);
    expect(attacks.freezes).toBeGreaterThan(0);
    expect(attacks.postponed).toBeGreaterThan(0);
    expect(refusedWrites()).toBeGreaterThan(0);
    stage = 'draining';
    // All sessions have their stops: the looks for one that is missing find nothing, and need not be waited for.
    flow.service.stack.passDelays(missingStops);
    await flow.drained();
    stage = 'audit';
    for (const chargerId of chargers) await auditChain(flow.operator, chargerId);
    stage = 'stop';
    await flow.stop();
  },
  480_000,
);

/**
 * The CDRs of a charger, once all of its sessions have one: by the next tries of queues and streams, which are seconds apart here. One that
 * had to wait for its quarter of an hour is not there before this is given up, on no machine.
 */
const sealedSoon = async (
  flow: RunningFlow,
  chargerId: string,
  count: number,
): Promise<readonly ShownCdr[]> => {
  const list = async (): Promise<readonly ShownCdr[]> => {
    const path = `/cdrs?chargerId=${chargerId}&limit=100`;
    return (await flow.operator.get<{ items: ShownCdr[] }>(path)).body.items;
  };
  const states = async () => {
    const sessions = await sessionsOf(flow, chargerId);
    return sessions.map(({ cdrId }) => cdrId !== null);
  };
  const all = Array.from({ length: count }, () => true);
  await expect.poll(states).toEqual(all);
  return await list();
};

/**
 * Kills the engine, lets it live a while, takes its disk space, freezes it, and so on. `refusedWrites` says how often it was reported that it
 * cannot write.
 */
const troubleEngine = (flow: RunningFlow, refusedWrites: () => number) => {
  const done = { kills: 0, fullDisks: 0, freezes: 0, postponed: 0 };
  const attacks = [
    async (engine: number) => {
      // Oftener than five times a minute and the engine would be given up.
      if (done.kills === 5) return;
      await killFor(deadTime, engine, new URL(flow.service.stack.dynamodb));
      done.kills += 1;
    },
    async (engine: number) => {
      limitFiles(engine, '1:');
      await delay(fullTime);
      limitFiles(engine, 'unlimited:');
      done.fullDisks += 1;
    },
    async (engine: number) => {
      process.kill(engine, 'SIGSTOP');
      await delay(freeze);
      process.kill(engine, 'SIGCONT');
      done.freezes += 1;
    },
  ];
  let isOver = false;
  const attackAll = async (): Promise<void> => {
    for (let round = 0; !isOver; round += 1) {
      // Java takes seconds to start, and longer to answer in time: attacks in between would be one long outage.
      await untilDone(() => listChargers(flow));
      await delay(2_000);
      const engine = engineOf(flow.dataDirectory);
      if (engine !== undefined) await attacks[round % attacks.length]?.(engine);
      done.postponed += postponedIn(flow.dataDirectory);
    }
  };
  const attacking = attackAll();
  return {
    /** Whether the fleet has been through all of it. */
    isEnough: () => done.kills > 1 && done.freezes > 0 && done.postponed > 0 && refusedWrites() > 0,
    end: async () => {
      isOver = true;
      await attacking;
      return done;
    },
  };
};

/** Sets how large a file may be that the engine writes, in bytes: the kernel refuses all beyond, as a full disk does. */
const limitFiles = (engine: number, limit: string): void => {
  execFileSync('prlimit', ['--pid', String(engine), `--fsize=${limit}`]);
};

const listChargers = async (flow: RunningFlow): Promise<void> => {
  const { status } = await flow.operator.get('/chargers');
  if (status !== 200) throw new Error(`The chargers were not listed: ${status}`);
};

/** Kills the engine and holds its port, so that it does not come back at once, unless it has the port again already. */
const killFor = async (milliseconds: number, engine: number, { port }: URL): Promise<void> => {
  process.kill(engine, 'SIGKILL');
  const holder = createServer((socket) => socket.destroy());
  holder.setMaxListeners(0);
  let isHeld = false;
  for (let tries = 0; tries < 20 && !isHeld; tries += 1) {
    isHeld = await listening(holder, Number(port));
    if (!isHeld) await delay(5);
  }
  if (!isHeld) return;
  await delay(milliseconds);
  await new Promise((closed) => holder.close(closed));
};

const listening = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(server.listening));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });

/** Number of messages that wait in a queue of the stack. */
const postponedIn = (dataDirectory: string): number => {
  const folder = join(dataDirectory, 'sqs');
  const journals = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return journals
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{"message"')).length;
};

/** The process of the engine, below the shell that guards it; undefined while it is started again. */
const engineOf = (dataDirectory: string): number | undefined => {
  try {
    const lock = readFileSync(join(dataDirectory, engineName, 'engine.json'), 'utf8');
    const guard = Number(JSON.parse(lock).engine);
    const [child] = readFileSync(`/proc/${guard}/task/${guard}/children`, 'utf8').split(' ');
    return Number(child) || undefined;
  } catch {
    return undefined;
  }
};

/** Charges until there was enough trouble, and gives the number of sessions of each charger. */
const runFleet = async (flow: RunningFlow, isEnough: () => boolean): Promise<readonly number[]> => {
  const tariffId = await untilDone(() => registerTariff(flow, { perKwh: '0.37' }));
  await untilDone(() => registerToken(flow, 'NOOR'));
  return await Promise.all(
    chargers.map(async (chargerId) => {
      const charger = stubbornCharger(
        flow,
        await untilDone(() => registerCharger(flow, { chargerId, tariffId })),
      );
      let count = 0;
      while (count < fewest || (!isEnough() && count < most)) {
        const day = new Date(Date.UTC(2026, 5, 1 + count)).toISOString().slice(0, 10);
        await charge(charger, `${day}T08:00:00Z`, 1000 + count * 7500);
        count += 1;
      }
      await charger.close();
      return count;
    }),
  );
};

/** An operator tries again after an outage. */
const untilDone = async <T>(deed: () => Promise<T>): Promise<T> => {
  const until = performance.now() + 150_000;
  for (;;) {
    try {
      return await deed();
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(500);
    }
  }
};

/** An hour of charging at 7.5 kW, with a reading every four minutes. */
const charge = async (charger: StubbornCharger, start: string, register: number): Promise<void> => {
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'NOOR',
    meterStart: register,
    timestamp: start,
  });
  for (let minute = 4; minute < 60; minute += 4) {
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
