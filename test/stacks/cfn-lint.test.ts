import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { everySetting } from './every-setting.ts';
import { makeApp } from './synthesize.ts';

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
const python = process.env['JOULEGATE_PYTHON'];

// The CDK names a role that a function depends on, and passes exports on as outputs: both are right, and change nothing.
const harmless = ['W3005', 'W6001'];

describe.skipIf(python === undefined)('cfn-lint, from PyPI (needs JOULEGATE_PYTHON)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-cfn-lint-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('CloudFormation knows every resource and property of a stage with every setting', () => {
    const templates = templatesOf(everySetting);

    expect(templates.length).toBeGreaterThan(4);
    expect(lint(templates)).toEqual({ findings: '', status: 0 });
  });

  it('a property that CloudFormation does not know is found', () => {
    const [template = ''] = templatesOf({}).filter((file) => file.includes('-data.'));
    const broken = join(folder, 'broken.template.json');
    writeFileSync(broken, readFileSync(template, 'utf8').replace('"KeySchema"', '"KeySchemas"'));

    const { findings, status } = lint([broken]);

    expect(status).not.toBe(0);
    expect(findings).toContain("'KeySchemas'");
  });

  function lint(templates: readonly string[]) {
    const options = ['--regions', 'eu-central-1', '--ignore-checks', ...harmless];
    const program = ['--format', 'parseable', ...options, '--', ...templates];
    // Beside the interpreter, where pip puts what a package runs as.
    const run = spawnSync(join(dirname(String(python)), 'cfn-lint'), program, { encoding: 'utf8' });
    return { findings: `${run.stdout}${run.stderr}`, status: run.status };
  }
});

/** The files of a stage's templates. */
function templatesOf(settings: Record<string, unknown>): readonly string[] {
  const { app } = makeApp({ ...context, ...settings });
  const { directory } = app.synth();
  return readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(directory, file));
}
