import { setTimeout as sleep } from 'node:timers/promises';
import { boot } from '../charger/boot.ts';
import { charge } from '../charger/charge.ts';
import type { ChargerConnection } from '../charger/charger-connection.ts';
import type { ChargingPlan } from '../charger/charging-plan.ts';
import type { Orders } from './order-session.ts';

/** How fast the demo's clock runs: from an instant of the past, so many times as fast as ours. */
export type DemoClock = { readonly from: number; readonly speed: number };

/** Lets one connected charger of the demo run all its sessions on the demo's clock, each started and stopped by a command. */
export const runCharger = async (
  connection: ChargerConnection,
  plans: readonly ChargingPlan[],
  clock: DemoClock,
  orders: Orders,
): Promise<void> => {
  const began = performance.now();
  const until = async (at: number): Promise<void> => {
    const due = (at - clock.from) / clock.speed;
    await sleep(Math.max(0, due - (performance.now() - began)));
  };
  await boot(connection, 1, clock.from);
  for (const plan of plans) {
    await until(plan.startedAt);
    await orders.start(plan);
    await charge(connection, plan, {
      beforeReading: (reading) => until(reading.at),
      beforeEnd: orders.stop,
    });
  }
};
