import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimedAssemblies } from './assembly-claims.ts';

/** Assemblies kept of earlier inputs, so that going back and forth between states does not synthesize each time. */
const keptAssemblies = 4;

/** Removes all but the latest assemblies and those that a running stack uses. */
export function removeOldAssemblies(cache: string): void {
  const assemblies = readdirSync(cache)
    .filter((name) => name.startsWith('assembly-'))
    .flatMap((name) => {
      const status = statSync(join(cache, name), { throwIfNoEntry: false });
      return status === undefined ? [] : [{ name, madeAt: status.mtimeMs }];
    })
    .sort((a, b) => b.madeAt - a.madeAt);
  const claimed = claimedAssemblies(cache);
  for (const { name } of assemblies.slice(keptAssemblies + 1)) {
    if (!claimed.has(name)) {
      removeAssembly(cache, name);
    }
  }
}

function removeAssembly(cache: string, name: string): void {
  const removed = mkdtempSync(join(cache, 'removed-'));
  try {
    renameSync(join(cache, name), join(removed, name));
    // A stack that has claimed it in this very moment gets it back.
    if (claimedAssemblies(cache).has(name)) {
      renameSync(join(removed, name), join(cache, name));
    }
  } catch {
    // Another start was faster, with the removal or with a new synthesis.
  } finally {
    rmSync(removed, { recursive: true, force: true });
  }
}
