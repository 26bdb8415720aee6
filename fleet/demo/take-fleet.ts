import { callApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import { chooseFleet } from './choose-fleet.ts';
import { type DemoFleet, recallFleets, rememberFleets } from './demo-memory.ts';
import { registerFleet } from './register-fleet.ts';

/** The fleet that charges now, and whether it carries on a run that was interrupted. */
export type TakenFleet = { readonly fleet: DemoFleet; readonly carriesOn: boolean };

/** Chooses the fleet of the next run, registers it where it is new, and keeps in `file` what it is about to do. */
export const takeFleet = async (
  access: StackAccess,
  file: string,
  now: number,
): Promise<TakenFleet> => {
  const recalled = await recallFleets(file);
  // Another engine has other data: fleets that the stack does not know are registered again.
  const known = (await isKnown(access, recalled)) ? recalled : [];
  const choice = chooseFleet(known, now);
  const fleet: DemoFleet =
    choice.kind === 'new'
      ? { ...(await registerFleet(access, highestOf(known) + 1)), run: choice.run }
      : choice.fleet;
  await rememberFleets(file, withFleet(known, fleet));
  return { fleet, carriesOn: choice.kind === 'carry-on' };
};

/** Keeps in `file` that all sessions of the fleet's run were sent. */
export const finishRun = async (file: string, fleet: DemoFleet): Promise<void> => {
  const run = { ...fleet.run, finished: true };
  await rememberFleets(file, withFleet(await recallFleets(file), { ...fleet, run }));
};

const isKnown = async (access: StackAccess, fleets: readonly DemoFleet[]): Promise<boolean> => {
  const [chargerId = ''] = Object.keys(fleets.at(-1)?.passwords ?? {});
  const { status } = await callApi(access, 'GET', `/chargers/${encodeURIComponent(chargerId)}`);
  return status === 200;
};

const highestOf = (fleets: readonly DemoFleet[]): number =>
  Math.max(0, ...fleets.map(({ fleet }) => fleet));

const withFleet = (fleets: readonly DemoFleet[], changed: DemoFleet): readonly DemoFleet[] => [
  ...fleets.filter(({ fleet }) => fleet !== changed.fleet),
  changed,
];
