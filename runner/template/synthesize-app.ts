import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { claimAssembly } from './assembly-claims.ts';
import { fingerprintInputs } from './fingerprint-inputs.ts';
import { asJsonObject } from './json-object.ts';
import { removeOldAssemblies } from './remove-old-assemblies.ts';

/** The stage that runs on this machine: its settings are those of `settings/local.json`. */
const STAGE = 'local';

/**
 * Runs the app of `cdk.json` and reads what it made. Unchanged inputs are not synthesized twice, and starts at the
 * same time do not disturb each other. Refuses with `SYNTH_FAILED`, and the last lines of the app, when it fails or is
 * interrupted.
 */
export async function synthesizeApp(
  repository: string,
  interrupted?: AbortSignal,
): Promise<Assembly> {
  const cache = join(repository, 'node_modules', '.cache', 'joulegate');
  const directory = join(cache, `assembly-${fingerprintInputs(repository)}`);
  claimAssembly(directory);
  if (!existsSync(join(directory, 'manifest.json'))) {
    const fresh = mkdtempSync(join(cache, 'synthesis-'));
    try {
      await runApp(repository, fresh, interrupted);
      putInPlace(fresh, directory);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    removeOldAssemblies(cache);
  }
  return readAssembly(directory);
}

function runApp(
  repository: string,
  outputDirectory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const configuration = asJsonObject(
    JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')),
  );
  const [command = '', ...args] = String(configuration['app']).split(' ');
  const executable = command === 'node' ? process.execPath : command;
  const env = {
    ...process.env,
    CDK_OUTDIR: outputDirectory,
    // Judging the template again takes longer than making it, and changes nothing of it; `npm run check` does it.
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify({ ...asJsonObject(configuration['context']), stage: STAGE }),
  };
  return new Promise((done, refuse) => {
    execFile(executable, args, { cwd: repository, env, signal }, (error, output, errors) => {
      if (error === null) {
        done();
        return;
      }
      const lastLines = `${output}\n${errors}`.trim().split('\n').slice(-15).join('\n');
      refuse(new StartRefusal('SYNTH_FAILED', `The app cannot be synthesized: ${lastLines}`));
    });
  });
}

function putInPlace(fresh: string, directory: string): void {
  try {
    renameSync(fresh, directory);
  } catch (error) {
    // Another start has synthesized the same inputs meanwhile: its folder is as good as ours.
    if (!existsSync(join(directory, 'manifest.json'))) {
      throw error;
    }
  }
}
