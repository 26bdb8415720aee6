import { readFile, rename, writeFile } from 'node:fs/promises';
import { unusableFile } from '../../runner/data-directory-refusal.ts';
import type { Registers } from './scenario.ts';

/** One run of the demo: when it begins on the chargers' clocks, and what their meters show then. */
export type DemoRun = {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly registers: Registers;
  /** True if all its sessions were sent. */
  readonly finished: boolean;
};

/** A registered fleet of the demo with its chargers' passwords by id, which the API shows once, and its latest run. */
export type DemoFleet = {
  readonly fleet: number;
  readonly passwords: Readonly<Record<string, string>>;
  readonly run: DemoRun;
};

/** Reads what earlier runs of the demo left in a file, by fleet; refuses with `DATA_DIRECTORY_UNUSABLE` one that holds something else. */
export const recallFleets = async (file: string): Promise<readonly DemoFleet[]> => {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as StoredFleet[]).map(fleetFrom);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unusableFile(file, 'no fleets of the demo');
  }
};

/** Keeps the fleets for the next run, whole or not at all, readable by their owner alone. */
export const rememberFleets = async (file: string, fleets: readonly DemoFleet[]): Promise<void> => {
  const exact = (_name: string, value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : value;
  await writeFile(`${file}.new`, `${JSON.stringify(fleets, exact, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
};

// As JSON has it: registers are decimal strings.
type StoredFleet = Omit<DemoFleet, 'run'> & {
  readonly run: Omit<DemoRun, 'registers'> & { readonly registers: Record<string, string> };
};

const fleetFrom = ({ fleet, passwords, run }: StoredFleet): DemoFleet => {
  const registers = Object.entries(run.registers).map(([id, register]) => [id, BigInt(register)]);
  return { fleet, passwords, run: { ...run, registers: Object.fromEntries(registers) } };
};
