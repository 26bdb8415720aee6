import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, build } from 'esbuild';
import { mapOwnCodeOnly } from './map-own-code-only.ts';
import { type Step, steps } from './steps.ts';

/** Where the code of a step comes from. */
export type CodeOf = (step: Step) => Code;

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** How every bundle is made: one ES module for Lambda's Node, with the SDK and a source map. */
export const bundleSettings = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  plugins: [mapOwnCodeOnly],
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * Bundles every step of the flow into a folder of its own below `folder`.
 * One run of esbuild does them all: a run for each would take most of the time of the synthesis.
 */
export async function bundleSteps(folder: string): Promise<CodeOf> {
  await build({
    absWorkingDir: PROJECT,
    entryPoints: Object.keys(steps).map((step) => ({
      in: `lambdas/${step}/handler.ts`,
      out: `${step}/index`,
    })),
    outdir: folder,
    ...bundleSettings,
  });
  return (step) => Code.fromAsset(`${folder}/${step}`);
}
