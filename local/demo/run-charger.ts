import { setTimeout as sleep } from 'node:timers/promises';
import { boot } from '../fleet/boot.ts';
import { charge } from '../fleet/charge.ts';
import { type ChargerConnection, connectCharger } from '../fleet/charger-connection.ts';
import type { DemoCharger } from './scenario.ts';

/** How fast the demo's clock runs: from an instant of the past, so many times as fast as ours. */
export type DemoClock = { readonly from: number; readonly speed: number };

/** Lets one demo charger run all its sessions on the demo's clock and keeps it connected afterwards. */
export const runCharger = async (
  url: string,
  charger: DemoCharger,
  password: string,
  clock: DemoClock,
): Promise<ChargerConnection> => {
  const began = performance.now();
  const until = async (at: number): Promise<void> => {
    const due = (at - clock.from) / clock.speed;
    await sleep(Math.max(0, due - (performance.now() - began)));
  };
  const connection = await connectCharger({ url, chargerId: charger.chargerId, password });
  await boot(connection, 1, clock.from);
  for (const plan of charger.plans) {
    await until(plan.startedAt);
    await charge(connection, plan, { beforeReading: (reading) => until(reading.at) });
  }
  return connection;
};
