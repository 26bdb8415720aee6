import { spawn } from 'node:child_process';

/** The outcome of a program on a disk that is soon full. */
export type FullDiskRun = {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
};

/**
 * Runs a module, given as text, with Node where no file grows beyond so many blocks of 512 bytes: the kernel refuses what
 * goes beyond, in the middle of a write where the limit lies there, as a full disk does.
 */
export const runOnFullDisk = (
  blocks: number,
  module: string,
  ...args: readonly string[]
): Promise<FullDiskRun> => {
  const command = `ulimit -f ${blocks}; exec "$@"`;
  const node = [process.execPath, '--input-type=module', '-e', module];
  const child = spawn('sh', ['-c', command, 'sh', ...node, ...args]);
  const said = { output: '', errors: '' };
  child.stdout.on('data', (chunk) => {
    said.output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.errors += chunk;
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })));
};
