import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askApi, listApi } from '../../../clients/operator-api.ts';
import type { FleetPicture } from '../../../fleet/demo/fleet-view.ts';
import { type DemoOptions, runDemo } from '../../../fleet/demo/run-demo.ts';
import { demoDrive } from '../../../fleet/demo/scenario.ts';
import { type RunningFlow, startFlow, withDeadlines } from '../../flow/start-flow.ts';

let flow: RunningFlow;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'joulegate-demo-'));
  flow = await startFlow({ dataDirectory: folder, eventSources: withDeadlines });
});
afterAll(async () => {
  await flow.stop();
  rmSync(folder, { recursive: true });
});

const hour = 3_600_000;
const began = Date.now();

/** A run of the demo, three hours in two seconds; its chargers go offline when it is over, as when the demo is stopped. */
const run = async (now: number, options: Partial<DemoOptions> = {}) => {
  const over = new AbortController();
  const pictures: FleetPicture[] = [];
  const told: string[] = [];
  const outcome = await runDemo({
    access: flow.service.ready,
    file: join(folder, 'demo-fleets.json'),
    now,
    speed: 6000,
    screen: { show: (picture) => void pictures.push(picture) },
    tell: (line) => void told.push(line),
    interrupted: over.signal,
    ...options,
  });
  over.abort();
  return { ...outcome, last: pictures.at(-1), told: told.join('\n') };
};

type Billed = {
  readonly chargerId: string;
  readonly state: string;
  readonly startedAt: string;
  readonly meterStart: { readonly wh: number };
  readonly meterStop: { readonly wh: number };
  readonly anomalies: readonly unknown[];
};

type ListedCommand = {
  readonly commandId: string;
  readonly chargerId: string;
  readonly type: string;
  readonly state: string;
  readonly sessionId?: string;
};

type Ordered = {
  readonly sessionId: string;
  readonly state: string;
  readonly startedBy?: string;
  readonly stoppedBy?: string;
};

const everything = async <Listed = Billed>(path: string) =>
  await Array.fromAsync(listApi<Listed>(flow.service.ready, path));

const firstFleet = ['street-1', 'street-2', 'fast-1', 'fast-2', 'depot-1', 'depot-2'];
const secondFleet = ['street-3', 'street-4', 'fast-3', 'fast-4', 'depot-3', 'depot-4'];
const demo = (names: readonly string[]) => names.map((name) => `demo-${name}`);

// One story, told in order: each run finds what the ones before have left.
describe('the demo, run again and again on one data directory', { shuffle: false }, () => {
  it('each session of the demo ends with a sealed CDR, and that of the roaming driver with one that its operator agrees to', async () => {
    const { ready, openOperator } = flow.service;
    const emsp = { ...ready, apiKey: await openOperator(demoDrive) };
    const first = await run(began - 4 * hour, { emsp });

    expect(first.verdicts).toEqual(['agrees']);
    const [cdr] = first.last?.roaming?.cdrs ?? [];
    expect(cdr).toMatchObject({ tokenId: 'NOOR', energyKwh: '8.6', total: { currency: 'EUR' } });

    expect(first).toMatchObject({ chargerIds: demo(firstFleet), sessions: 11, sealed: 11 });
    expect(first.last?.chargers.map(({ connectors }) => connectors[0]?.status)).toEqual(
      firstFleet.map(() => 'Available'),
    );
    expect(first.orders).toEqual({ sent: 22, accepted: 22 });
    expect(first.last?.orders).toEqual(first.orders);
  });

  it('each session of the demo was started by a command of its own and stopped by one, and all of these were accepted', async () => {
    const sessions = await everything<Ordered>('/sessions');
    expect(sessions).toHaveLength(11);
    const ids = sessions.map(({ sessionId }) => sessionId).toSorted();
    const perCharger = await Promise.all(
      demo(firstFleet).map(async (chargerId) => {
        return await everything<ListedCommand>(`/chargers/${chargerId}/commands`);
      }),
    );
    const listed = perCharger.flat();
    const ordered = (type: string) => listed.filter((command) => command.type === type);
    for (const { commandId, chargerId, state } of [...ordered('start'), ...ordered('stop')]) {
      expect({ commandId, chargerId, state }).toEqual({ commandId, chargerId, state: 'accepted' });
    }

    const starts = await Promise.all(
      ordered('start').map(async ({ commandId }) => {
        return await askApi<ListedCommand>(flow.service.ready, 'GET', `/commands/${commandId}`);
      }),
    );
    expect(starts.map(({ sessionId }) => sessionId).toSorted()).toEqual(ids);
    expect(
      ordered('stop')
        .map(({ sessionId }) => sessionId)
        .toSorted(),
    ).toEqual(ids);
    for (const { sessionId } of sessions) {
      const shown = await askApi<Ordered>(flow.service.ready, 'GET', `/sessions/${sessionId}`);
      const commandOf = (commands: readonly ListedCommand[]) =>
        commands.find((command) => command.sessionId === sessionId)?.commandId;
      expect(shown).toMatchObject({
        startedBy: commandOf(starts),
        stoppedBy: commandOf(ordered('stop')),
        state: 'ended',
      });
    }
  });

  it('the demo uses the same chargers again if their last session was hours ago, and their registers continue', async () => {
    expect(await run(began)).toMatchObject({ chargerIds: demo(firstFleet), sealed: 11 });

    const sealed = (await everything('/cdrs')).toReversed();
    expect(sealed).toHaveLength(22);
    for (const ofOne of Map.groupBy(sealed, ({ chargerId }) => chargerId).values()) {
      for (const [index, cdr] of ofOne.entries()) {
        expect(cdr).toMatchObject({ state: 'sealed', anomalies: [] });
        if (index > 0) expect(cdr.meterStart.wh).toBe(ofOne[index - 1]?.meterStop.wh);
      }
    }
  });

  it('the demo uses other chargers if these have just charged, and continues an interrupted run', async () => {
    const interruption = new AbortController();
    const cutShort = run(began, {
      speed: 1500,
      screen: { show: ({ active }) => void (active.length > 2 && interruption.abort()) },
      interrupted: interruption.signal,
    });
    await expect(cutShort).rejects.toThrow();
    const left = await everything('/sessions/active');
    expect(left.length).toBeGreaterThan(0);

    const again = await run(began + 60_000);

    expect(again.told).toContain('interrupted');
    expect(again).toMatchObject({ chargerIds: demo(secondFleet), sessions: 11, sealed: 11 });
    expect(again.last?.chargers.every(({ online }) => online)).toBe(true);
    expect(await everything('/sessions')).toHaveLength(33);
    expect(await everything('/sessions/active')).toEqual([]);
    const sealed = await everything('/cdrs');
    expect(sealed).toHaveLength(33);
    expect(sealed.flatMap(({ anomalies }) => anomalies)).toEqual([]);
  });

  it('the demo registers further chargers if it does not remember the registered ones', async () => {
    const interruption = new AbortController();
    let seen: FleetPicture | undefined;
    const forgetful = run(began, {
      file: join(folder, 'other-fleets.json'),
      screen: {
        show: (picture) => {
          seen = picture;
          // Orders wait for chargers that are gone then, and no other call waits with them.
          if ((picture.orders?.sent ?? 0) > 1) interruption.abort();
        },
      },
      interrupted: interruption.signal,
    });

    // That further chargers charge as the first ones do is shown above.
    await expect(forgetful).rejects.toThrow();
    expect(seen?.chargers[0]?.chargerId).toBe('demo-street-5');
    expect(await everything('/tariffs')).toHaveLength(3);
  });
});
