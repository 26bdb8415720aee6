import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
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
      expect(handlerKind(bundle)).toBe('function');
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

/** The handler exported by a bundle, loaded as Lambda would, in a process of its own. */
function handlerKind(bundle: string): string {
  const code = `const { handler } = await import(${JSON.stringify(bundle)}); process.stdout.write(typeof handler); process.exit(0);`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { AWS_REGION: 'eu-central-1', STATE_TABLE: 'state', READINGS_TABLE: 'readings' },
    encoding: 'utf8',
  }).stdout;
}
