import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RunningFlow } from '../start-flow.ts';

const run = promisify(execFile);

/** The first steps of an integrator, as the scripts in `examples/` take them. */
export const exampleScenarios = (flow: () => RunningFlow): void => {
  describe('an integrator who starts with nothing', () => {
    it.each([
      ['Node', process.execPath, 'examples/first-session.mjs'],
      ['Python', 'python3', 'examples/first_session.py'],
    ])(
      'the example in %s comes from a new operator to a session that is billed and a webhook that is verified',
      async (language, command, file) => {
        const env = { ...process.env, JOULEGATE_DATA_DIR: flow().dataDirectory };
        const words = ['cli/joulegate.ts', 'operator', 'create', '--json', '--name', language];
        const { apiKey } = JSON.parse((await run(process.execPath, words, { env })).stdout);

        const { stdout } = await run(command, [file], {
          env: { ...env, HTTP: flow().http, KEY: apiKey, WAIT_MS: '0' },
        });

        expect(stdout).toMatch(/^verified: cdr\.created evt_\d+$/m);
        expect(stdout).toMatch(/^billed: 32\.5 kWh for 18\.95 EUR, sealed$/m);
      },
    );

    it('the example of payments pays the bill of a session when its webhook is called, and pays nothing twice', async () => {
      const { apiKey } = await flow().newOperator('Payments');
      const env = { ...process.env, HTTP: flow().http, KEY: apiKey, WAIT_MS: '0' };

      const file = 'examples/payments/collect-payments.mjs';
      const { stdout } = await run(process.execPath, [file], { env });

      expect(stdout).toBe('paid: 4.90 of 4.90 EUR, paid\nagain: 1 payment, paid\n');
    });
  });
};
