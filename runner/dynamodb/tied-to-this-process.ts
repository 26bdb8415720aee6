import type { EngineCommand } from './engine-command.ts';

/** Ends the program when its standard input ends, which a process that is killed cannot help doing. */
const guard = [
  // A file that may grow no further is an error to be told, as a full disk is, and no reason to die.
  "trap '' XFSZ",
  'exec 3<&0',
  '"$@" 3<&- & engine=$!',
  '(cat <&3 >/dev/null; kill $engine 2>/dev/null) &',
  'exec 3<&-',
  "trap 'kill $engine' TERM",
  'wait $engine; wait $engine',
].join('\n');

/** The command under a guard that does not let it outlive the process that holds its standard input. */
export function tiedToThisProcess({ program, args }: EngineCommand): EngineCommand {
  return process.platform === 'win32'
    ? { program, args }
    : { program: 'sh', args: ['-c', guard, 'engine', program, ...args] };
}
