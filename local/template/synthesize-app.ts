import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { fingerprintInputs } from './fingerprint-inputs.ts';
import { asJsonObject } from './json-object.ts';

/** Folders kept of earlier inputs, so that going back and forth between two states does not synthesize each time. */
const keptAssemblies = 4;

/**
 * Runs the app of `cdk.json` and reads what it made. Unchanged inputs are not synthesized twice, and starts at the
 * same time do not disturb each other. Refuses with `SYNTH_FAILED`, and the last lines of the app, when it fails.
 */
export async function synthesizeApp(repository: string): Promise<Assembly> {
  const cache = join(repository, 'node_modules', '.cache', 'joulegate');
  const directory = join(cache, `assembly-${fingerprintInputs(repository)}`);
  if (!existsSync(join(directory, 'manifest.json'))) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(join(cache, 'synthesis-'));
    try {
      await runApp(repository, fresh);
      putInPlace(fresh, directory);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    removeOldAssemblies(cache, directory);
  }
  return readAssembly(directory);
}

function runApp(repository: string, outputDirectory: string): Promise<void> {
  const configuration = asJsonObject(
    JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')),
  );
  const [command = '', ...args] = String(configuration['app']).split(' ');
  const executable = command === 'node' ? process.execPath : command;
  const env = {
    ...process.env,
    CDK_OUTDIR: outputDirectory,
    CDK_CONTEXT_JSON: JSON.stringify(configuration['context'] ?? {}),
  };
  return new Promise((done, refuse) => {
    execFile(executable, args, { cwd: repository, env }, (error, output, errors) => {
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

function removeOldAssemblies(cache: string, current: string): void {
  const others = readdirSync(cache)
    .filter((name) => name.startsWith('assembly-'))
    .map((name) => join(cache, name))
    .filter((path) => path !== current)
    .map((path) => ({ path, madeAt: statSync(path).mtimeMs }))
    .sort((a, b) => b.madeAt - a.madeAt);
  for (const { path } of others.slice(keptAssemblies)) {
    rmSync(path, { recursive: true, force: true });
  }
}
