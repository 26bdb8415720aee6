import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Leaves a module of ours that is imported dynamically out of the bundle: it has one of its own beside it.
 * A function reads that file only when it comes to that, and starts as fast as if it did not exist.
 */
export const loadWhenNeeded: Plugin = {
  name: 'load-when-needed',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: `./${basename(path, '.ts')}.mjs`, external: true }
        : undefined,
    );
  },
};
