import { readFileSync } from 'node:fs';

const lookEveryMilliseconds = 250;

type Process = { readonly parent: number; readonly command: string };

/** A running process as Linux shows it; undefined where there is no `/proc`, or no such process. */
function lookUp(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return undefined;
  }
}

/** The processes from our parent up to npm; undefined when npm is not among our ancestors any more. */
function chainToNpm(): readonly number[] | undefined {
  // Elsewhere the shell that npm starts becomes our program, so that npm itself is our parent.
  if (lookUp(process.pid) === undefined) return [process.ppid];
  const chain: number[] = [];
  for (let pid = process.ppid; pid > 0; ) {
    const found = lookUp(pid);
    if (found === undefined) return undefined;
    chain.push(pid);
    if (/\b(p?npm|npx|yarn|bun)\b/.test(found.command)) return chain;
    pid = found.parent;
  }
  return undefined;
}

const isWhole = (chain: readonly number[]): boolean =>
  process.ppid === chain[0] &&
  chain.every((pid, index) => {
    const next = chain[index + 1];
    return next === undefined || lookUp(pid)?.parent === next;
  });

/**
 * Calls `ended` once when the npm that started this process is no longer there, at once when it has gone before. A
 * signal to npm alone may reach nobody but the shell between the two, and SIGKILL reaches npm only: whoever is left behind
 * sees it by its parents. Does nothing in a process that no npm has started.
 */
export function onEndOfNpm(ended: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const chain = chainToNpm();
  if (chain === undefined) {
    ended();
    return;
  }
  const timer = setInterval(() => {
    if (isWhole(chain)) return;
    clearInterval(timer);
    ended();
  }, lookEveryMilliseconds);
  timer.unref();
}
