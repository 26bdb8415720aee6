import type { Plugin } from 'esbuild';

/**
 * Takes Node's `http` and `https` from the process instead of importing them.
 * An import reads every export of a module, and one of theirs is a WebSocket client, which loads all of Node's `fetch`: a sixth
 * of the start of a function that uses neither.
 */
export const loadHttpByName: Plugin = {
  name: 'load-http-by-name',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?https?$/ }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'by-name',
    }));
    build.onLoad({ filter: /.*/, namespace: 'by-name' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      loader: 'js',
    }));
  },
};
