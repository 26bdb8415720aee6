import { posix } from 'node:path';
import type { Metafile } from 'esbuild';

/**
 * The modules that bundles import from beside them and that are not there, by their paths: a function that comes to one of them would
 * fail, and nothing but the bundles shows it.
 */
export const missingModules = (outputs: Metafile['outputs']): readonly string[] => {
  const all = Object.entries(outputs).flatMap(([path, { imports }]) =>
    imports
      .filter(({ external, path: imported }) => external === true && imported.startsWith('./'))
      .map(({ path: imported }) => posix.join(posix.dirname(path), imported)),
  );
  return [...new Set(all)].filter((path) => outputs[path] === undefined).sort();
};
