import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const joulegate = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/joulegate.ts', ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('joulegate', () => {
  it('joulegate shows the usage of a command, whatever else is on the command line', () => {
    const price = joulegate('price', '--help');

    expect(price).toMatchObject({ status: 0, stderr: '' });
    expect(price.stdout).toMatch(/^Usage: joulegate price --tariff T.json --cdr C.json/);
    expect(joulegate('help', 'price')).toEqual(price);
    expect(joulegate('price', '--cdr', 'x', '-h')).toEqual(price);
    expect(JSON.parse(joulegate('sessions', 'list', '--help', '--json').stdout)).toEqual({
      usage: 'joulegate sessions list [--state active|ended|void]',
      summary: 'lists sessions with their energy and cost',
      options: ['--url', '--charger-url', '--api-key', '--state', '--json'],
    });
  });

  it('joulegate accepts options before and after the name of a command', () => {
    const behind = joulegate('price', '--tariff', '/nowhere', '--json');

    expect(behind).toMatchObject({ status: 1, stderr: expect.stringContaining('CLI_') });
    expect(joulegate('--json', '--tariff', '/nowhere', 'price')).toEqual(behind);
    expect(joulegate('--json', 'help').stdout).toContain('replay SESSIONS.csv');
  });

  it.each([
    ['an unknown option', ['--currency', 'EUR'], "Unknown option '--currency'."],
    ['an option without its value', ['--cdr', '--json'], "Option '--cdr' argument is ambiguous."],
    ['a last option without its value', ['--cdr'], "Option '--cdr <value>' argument missing."],
  ])('joulegate says in one line what is wrong with %s, and the usage', (_what, options, said) => {
    const usage = 'Usage: joulegate price --tariff T.json --cdr C.json [--time-zone Europe/Berlin]';
    const { status, stderr } = joulegate('price', ...options);

    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `joulegate: ${said} ${usage} (CLI_OPTION_INVALID)\n`,
    });
  });

  it('joulegate ends silently when its output is no longer read', async () => {
    const child = spawn(process.execPath, ['cli/joulegate.ts', 'help']);
    child.stdout.destroy();
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));

    expect({ status, errors }).toEqual({ status: 0, errors: '' });
  });

  it('joulegate lists its commands, and reports an unknown one', () => {
    expect(joulegate('help')).toMatchObject({ status: 0, stderr: '' });
    expect(joulegate('help').stdout).toContain('readings SESSION_ID');
    expect(joulegate('prise')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('CLI_COMMAND_UNKNOWN'),
    });
  });
});
