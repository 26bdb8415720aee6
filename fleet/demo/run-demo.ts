import type { StackAccess } from '../../clients/stack-access.ts';
import { type ChargerConnection, connectCharger } from '../charger/charger-connection.ts';
import type { DemoFleet } from './demo-memory.ts';
import type { FleetScreen } from './fleet-screen.ts';
import { type OrderCount, type Orders, ordersTo } from './order-session.ts';
import { roamingOrders } from './roaming/roaming-orders.ts';
import { type Roaming, roamingPlace } from './roaming/roaming-place.ts';
import { runCharger } from './run-charger.ts';
import { type DemoShift, planShifts, roamingToken } from './scenario.ts';
import { finishRun, takeFleet } from './take-fleet.ts';
import { watchDemo } from './watch-demo.ts';

/** How one run of the demo goes. */
export type DemoOptions = {
  readonly access: StackAccess;
  /** The operator of a driver who charges at one of the chargers by roaming; without it that driver is the operator's own. */
  readonly emsp?: StackAccess;
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
  /** The verdicts of the roaming driver's operator on the CDRs that it got. */
  readonly verdicts: readonly string[];
};

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
  const chargerIds = shifts.map(({ chargerId }) => chargerId);
  const roaming = openRoaming(options, shifts);
  const charging = chargeAll(options, fleet, shifts, orders, roaming);
  const [{ sealed, verdicts }] = await Promise.all([
    watchDemo(options, chargerIds, { from: fleet.run.from, sessions, orders, roaming }, charging),
    charging,
  ]);
  return { chargerIds, sessions, sealed, orders, verdicts };
};

/** Has the operator of the roaming driver see the charger at which it will charge, while the others charge already. */
const openRoaming = (
  { access: cpo, emsp, interrupted }: DemoOptions,
  shifts: readonly DemoShift[],
): Roaming | undefined => {
  const visited = shifts.find(({ plans }) => plans.some(({ idTag }) => idTag === roamingToken));
  if (visited === undefined || emsp === undefined) return undefined;
  const { chargerId } = visited;
  return { emsp, chargerId, place: roamingPlace({ cpo, emsp }, chargerId, interrupted) };
};

/** Orders of the operator of the chargers, but of the roaming driver's own operator for that one's session. */
const ordersFor = (
  { access, interrupted }: DemoOptions,
  chargerId: string,
  count: OrderCount,
  roaming: Roaming | undefined,
): Orders => {
  const own = ordersTo(access, chargerId, count);
  if (roaming?.chargerId !== chargerId) return own;
  let latest = own;
  return {
    start: async (plan) => {
      const place = plan.idTag === roamingToken ? await roaming.place : undefined;
      latest = place === undefined ? own : roamingOrders(roaming.emsp, place, count, interrupted);
      await latest.start(plan);
    },
    stop: async () => await latest.stop(),
  };
};

const chargeAll = async (
  options: DemoOptions,
  fleet: DemoFleet,
  shifts: readonly DemoShift[],
  count: OrderCount,
  roaming: Roaming | undefined,
): Promise<true> => {
  const { access, file, speed, interrupted } = options;
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
    await runCharger(connection, plans, clock, ordersFor(options, chargerId, count, roaming));
  };
  await Promise.all(shifts.map(charge));
  await finishRun(file, fleet);
  return true;
};

const closeOnAbort = (connection: ChargerConnection, interrupted: AbortSignal): void => {
  const close = (): void => void connection.close().catch(() => undefined);
  if (interrupted.aborted) close();
  else interrupted.addEventListener('abort', close);
};
