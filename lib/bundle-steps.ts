import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { type Step, steps } from './steps.ts';

/** Where the code of a step comes from. */
export type CodeOf = (step: Step) => Code;

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles every step of the flow into a folder of its own below `folder`, with the SDK and a source map.
 * One run of esbuild for all of them takes a tenth of the time that one for each would.
 */
export function bundleSteps(folder: string): CodeOf {
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: Object.keys(steps).map((step) => ({
      in: `lambdas/${step}/handler.ts`,
      out: `${step}/index`,
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
  });
  return (step) => Code.fromAsset(`${folder}/${step}`);
}
