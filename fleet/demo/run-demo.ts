import { setTimeout as sleep } from 'node:timers/promises';
import type { StackAccess } from '../../clients/stack-access.ts';
import { type ChargerConnection, connectCharger } from '../charger/charger-connection.ts';
import type { DemoFleet } from './demo-memory.ts';
import type { FleetScreen } from './fleet-screen.ts';
import type { FleetPicture } from './fleet-view.ts';
import { lookAtFleet } from './look-at-fleet.ts';
import { type OrderCount, ordersTo } from './order-session.ts';
import { runCharger } from './run-charger.ts';
import { type DemoShift, planShifts } from './scenario.ts';
import { finishRun, takeFleet } from './take-fleet.ts';
import { unlessBusy } from './unless-busy.ts';

/** How one run of the demo goes. */
export type DemoOptions = {
  readonly access: StackAccess;
  /** Where runs keep what later ones must know. */
  readonly file: string;
  /** The chargers' sessions lie in the hours before, epoch milliseconds. */
  readonly now: number;
  /** How many times as fast as ours the chargers' clocks run. */
  readonly speed: number;
  readonly screen: FleetScreen;
  readonly tell: (line: string) => void;
  /** Ends the run when it is aborted, which then fails; and closes the chargers' connections, also afterwards. */
  readonly interrupted: AbortSignal;
};

/** The result of a demo run: its chargers, how many sessions they ran, and how many of these have a sealed CDR. */
export type DemoOutcome = {
  readonly chargerIds: readonly string[];
  readonly sessions: number;
  readonly sealed: number;
  /** The commands that started and stopped them. */
  readonly orders: Readonly<OrderCount>;
};

// A CDR takes a second or two; when no more come for so long, something is wrong, as the logs show.
const patienceMs = 30_000;

/** Lets a fleet charge in fast-forward, showing it as it goes, until every session has its sealed CDR or none comes any more. */
export const runDemo = async (options: DemoOptions): Promise<DemoOutcome> => {
  const { access, file, now, speed, tell } = options;
  const { fleet, carriesOn } = await takeFleet(access, file, now);
  const shifts = planShifts(fleet.fleet, fleet.run.from, fleet.run.registers);
  const sessions = shifts.reduce((sum, { plans }) => sum + plans.length, 0);
  const since = new Date(fleet.run.from).toISOString().slice(0, 16).replace('T', ' ');
  tell(
    `\n${shifts.length} chargers, ${sessions} sessions of the three hours from ${since} UTC, ${speed} times as fast`,
  );
  if (carriesOn)
    tell('Continuing the interrupted run; messages it has already sent are recognised.');
  tell('');

  const orders: OrderCount = { sent: 0, accepted: 0 };
  const charging = chargeAll(options, fleet, shifts, orders);
  const chargerIds = shifts.map(({ chargerId }) => chargerId);
  const [sealed] = await Promise.all([
    watch(options, chargerIds, { from: fleet.run.from, sessions, orders }, charging),
    charging,
  ]);
  return { chargerIds, sessions, sealed, orders };
};

const chargeAll = async (
  { access, file, speed, interrupted }: DemoOptions,
  fleet: DemoFleet,
  shifts: readonly DemoShift[],
  count: OrderCount,
): Promise<void> => {
  const clock = { from: fleet.run.from, speed };
  const charge = async ({ chargerId, protocol, plans }: DemoShift): Promise<void> => {
    const password = fleet.passwords[chargerId] ?? '';
    const connection = await connectCharger({
      url: access.chargers,
      chargerId,
      password,
      protocol,
    });
    closeOnAbort(connection, interrupted);
    await runCharger(connection, plans, clock, ordersTo(access, chargerId, count));
  };
  await Promise.all(shifts.map(charge));
  await finishRun(file, fleet);
};

const closeOnAbort = (connection: ChargerConnection, interrupted: AbortSignal): void => {
  const close = (): void => void connection.close().catch(() => undefined);
  if (interrupted.aborted) close();
  else interrupted.addEventListener('abort', close);
};

/** Shows one picture a second; gives the number of sealed CDRs in the last one. */
const watch = async (
  { access, screen, interrupted }: DemoOptions,
  chargerIds: readonly string[],
  { from, sessions, orders }: { from: number; sessions: number; orders: OrderCount },
  charging: Promise<void>,
): Promise<number> => {
  let sent = false;
  void charging.then(
    () => {
      sent = true;
    },
    () => undefined,
  );
  let before = -1;
  let newsAt = performance.now();
  for (;;) {
    const seen = await unlessBusy(lookAtFleet(access, chargerIds, from));
    if (seen === undefined) {
      await sleep(1000, undefined, { signal: interrupted });
      continue;
    }
    const picture = { ...seen, orders };
    const sealed = sealedIn(picture);
    if (sealed !== before || !sent) newsAt = performance.now();
    before = sealed;
    const last = sent && (sealed >= sessions || performance.now() - newsAt > patienceMs);
    screen.show(picture, last);
    if (last) return sealed;
    await sleep(1000, undefined, { signal: interrupted });
  }
};

const sealedIn = ({ cdrs }: FleetPicture): number =>
  cdrs.filter(({ state }) => state === 'sealed').length;
