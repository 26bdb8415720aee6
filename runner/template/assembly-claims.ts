import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunningNode } from '../is-running-node.ts';

/**
 * Functions load their code when they are first needed, so that a running stack needs its assembly to the end.
 * Each process says so in a file beside the assemblies, `<assembly>.<process>`, which is void when it has ended.
 */
const folderOf = (cache: string): string => join(cache, 'in-use');

/** Says that this process uses an assembly, whether it is there already or not. */
export function claimAssembly(directory: string): void {
  const folder = folderOf(dirname(directory));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${basename(directory)}.${process.pid}`), '');
}

/** The names of the assemblies that running processes use; claims of those that have ended are removed. */
export function claimedAssemblies(cache: string): ReadonlySet<string> {
  const claimed = new Set<string>();
  for (const claim of readdirSync(folderOf(cache))) {
    const [name = '', pid] = claim.split('.');
    if (isRunningNode(Number(pid))) {
      claimed.add(name);
    } else {
      rmSync(join(folderOf(cache), claim), { force: true });
    }
  }
  return claimed;
}
