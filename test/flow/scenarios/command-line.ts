import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registerTariff } from '../flow.ts';
import { startReceiver } from '../receiver.ts';
import type { RunningFlow } from '../start-flow.ts';

const run = promisify(execFile);

/** The daily work of an operator, by the command line. */
export const commandLineScenarios = (flow: () => RunningFlow): void => {
  /** An operator of its own, a folder, and the command line with its key. */
  const openOffice = async () => {
    const operator = await flow().newOperator('Office');
    const folder = mkdtempSync(join(tmpdir(), 'joulegate-office-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const env = {
      ...process.env,
      JOULEGATE_DATA_DIR: flow().dataDirectory,
      JOULEGATE_API_KEY: operator.apiKey,
    };
    const joulegate = async (...words: readonly string[]): Promise<string> => {
      const answer = await run(process.execPath, ['cli/joulegate.ts', ...words], { env }).catch(
        (failed: { readonly stdout: string }) => failed,
      );
      return answer.stdout;
    };
    return { operator, joulegate, file: (name: string) => join(folder, name) };
  };

  describe('the daily work by the command line', () => {
    it('a key is made, listed and deleted, and a scope that does not exist is refused by its name', async () => {
      const { joulegate } = await openOffice();

      const made = JSON.parse(
        await joulegate('keys', 'create', '--name', 'CI', '--scopes', 'sessions:read', '--json'),
      );
      expect(made).toMatchObject({ apiKey: expect.stringMatching(/^jg_live_/) });
      expect(await joulegate('keys', 'list')).toContain(`${made.apiKeyId}  never expires  CI`);
      await joulegate('keys', 'delete', made.apiKeyId);
      expect(await joulegate('keys', 'list')).not.toContain(made.apiKeyId);
      expect(
        JSON.parse(await joulegate('keys', 'create', '--name', 'X', '--scopes', 'root', '--json')),
      ).toMatchObject({ code: 'INVALID_REQUEST' });
    });

    it('a charger is registered with the lines for its menu and a QR code, and events of its connection are followed', async () => {
      const { operator, joulegate } = await openOffice();
      const tariffId = await registerTariff({ ...flow(), operator }, { perKwh: '0.50' });

      const shown = await joulegate('chargers', 'add', 'CLI-1', '--tariff', tariffId);

      expect(shown).toMatch(/URL {8}ws:\/\/.*\/CLI-1$/m);
      expect(shown).toMatch(/Password {3}\S{16,}$/m);
      expect(shown).toMatch(/^[ █▀▄]{20,}$/m);
      const { body } = await operator.get<{ tariffId: string }>('/chargers/CLI-1');
      expect(body.tariffId).toBe(tariffId);
      // One that answers: deliveries to a dead one are tried for minutes, and whoever waits for an idle stack would wait for them.
      const receiver = await startReceiver();
      onTestFinished(receiver.stop);
      const webhook = { url: receiver.url, events: ['webhook.test'] };
      const made = await operator.post<{ webhookId: string }>('/webhooks', webhook);
      const { position } = (await operator.get<{ position: string | null }>('/events')).body;
      const after = position === null ? [] : ['--after', position];
      const sending = setInterval(
        () => operator.post(`/webhooks/${made.body.webhookId}/test`, {}),
        1000,
      );
      onTestFinished(() => clearInterval(sending));
      const followed = await joulegate('events', 'tail', '--count', '1', ...after);
      clearInterval(sending);
      expect((await operator.remove(`/webhooks/${made.body.webhookId}`)).status).toBe(204);
      expect(JSON.parse(followed.split('\n')[0] ?? '')).toMatchObject({
        type: 'webhook.test',
      });
    });

    it('tokens of a CSV file are created once, and replaced when that is asked for; a wrong one is named by its line', async () => {
      const { operator, joulegate, file } = await openOffice();
      const rows = 'tokenId;accountId;status\nAA11;acc-1;\nBB22;;Blocked\nC/C;;\n';
      writeFileSync(file('tokens.csv'), rows);
      const outcome = async (...more: readonly string[]) =>
        JSON.parse(await joulegate('tokens', 'import', file('tokens.csv'), '--json', ...more));

      expect(await outcome()).toMatchObject({
        created: 2,
        refused: 1,
        refusals: [{ line: 4, tokenId: 'C/C', code: 'INVALID_REQUEST' }],
      });
      expect(await outcome()).toMatchObject({ created: 0, unchanged: 2, replaced: 0 });
      expect(await outcome('--replace')).toMatchObject({ unchanged: 0, replaced: 2 });
      expect((await operator.get('/tokens/AA11')).body).toMatchObject({ accountId: 'acc-1' });
    });

    it('a tariff comes from a file, is listed, and leaves in an export', async () => {
      const { joulegate, file } = await openOffice();
      writeFileSync(file('t.json'), '{"name":"Yard","currency":"EUR","perKwh":"0.49"}');

      const { tariffId } = JSON.parse(
        await joulegate('tariffs', 'create', file('t.json'), '--json'),
      );

      expect(await joulegate('tariffs', 'list')).toContain(`${tariffId}  version 1  EUR  Yard`);
      expect(await joulegate('export', 'tariffs', file('out'))).toContain('1 tariffs in');
      expect(JSON.parse(readFileSync(file('out'), 'utf8'))).toMatchObject({ tariffId });
      expect(await joulegate('export', 'all', file('all'))).toMatch(/^ +1 {2}tariffs\.jsonl$/m);
      const all = readFileSync(file('all/tariffs.jsonl'), 'utf8');
      expect(JSON.parse(all)).toMatchObject({ tariffId });
    });
  });
};
