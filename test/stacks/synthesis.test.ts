import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { steps } from '../../lib/functions/steps.ts';

// Above it a function takes noticeably longer to start; the OCPP schemas and zod are the largest parts of ours.
const LARGEST_BUNDLE = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'joulegate-synthesis-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the app', () => {
  it('the app synthesizes silently, with a bundle for every step that starts', () => {
    const run = synthesize();

    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    const report = readFileSync(join(folder, 'validation-report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ pluginReports: [] });
    for (const step of Object.keys(steps)) {
      const bundle = join(folder, 'bundles', step, 'index.mjs');
      expect(statSync(bundle).size).toBeLessThan(LARGEST_BUNDLE);
      expect(statSync(`${bundle}.map`).size).toBeGreaterThan(0);
      // Nobody waits for Node's fetch before the first event.
      expect([step, loadedAs(bundle)]).toEqual([step, { handler: 'function', fetch: false }]);
      expect([step, missingParts(join(folder, 'bundles', step))]).toEqual([step, []]);
    }
  });

  it('the app fails with a sentence that names a wrong setting', () => {
    const run = synthesize({ readingRetentionDays: 'never' });

    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('readingRetentionDays: a whole number of days from 1 to 3650');
  });
});

function synthesize(context: Record<string, unknown> = {}) {
  return spawnSync(process.execPath, ['bin/joulegate.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) },
    encoding: 'utf8',
  });
}

/** The modules that a step would load when it needs them, and that its bundle does not have. */
function missingParts(bundle: string): readonly string[] {
  const files = readdirSync(bundle).filter((file) => file.endsWith('.mjs'));
  const loaded = files.flatMap((file) =>
    [...readFileSync(join(bundle, file), 'utf8').matchAll(/\bimport\("\.\/([^"]+)"\)/g)].map(
      ([, name = '']) => name,
    ),
  );
  return loaded.filter((name) => !files.includes(name) && !isNeverNeeded(bundle, name));
}

/** Requests of ours, and the answers to them, are met by one step alone; the others read what chargers send of themselves. */
const isNeverNeeded = (bundle: string, name: string): boolean =>
  !bundle.endsWith('/ocpp') && /^v\d+-requests\.mjs$/.test(name);

/** The handler exported by a bundle, loaded as Lambda would, in a process of its own; and whether the load of it loads Node's fetch. */
function loadedAs(bundle: string): unknown {
  const code = `
    const { handler } = await import(${JSON.stringify(bundle)});
    const fetch = process.moduleLoadList.some((name) => name.endsWith('undici/undici'));
    process.stdout.write(JSON.stringify({ handler: typeof handler, fetch }));
    process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { AWS_REGION: 'eu-central-1', STATE_TABLE: 'state', READINGS_TABLE: 'readings' },
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}
