import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { partnerAdd } from '../../cli/commands/partner-add.ts';
import { partnerTest } from '../../cli/commands/partner-test.ts';

/** An API that answers every call alike; gives the options that lead to it, and what it was sent. */
async function apiThatAnswers(body: object) {
  const sent: { readonly call: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      sent.push({ call: `${request.method} ${request.url}`, body: text });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { sent, values: { url: `http://127.0.0.1:${port}`, 'api-key': 'jg_live_x' } };
}

describe('joulegate partner', () => {
  it('joulegate partner test shows each check of a connection, and exits with 1 where one failed', async () => {
    const checks = [
      { name: 'versions', ok: true, detail: '2.2.1' },
      { name: 'clock', ok: false, detail: '90.0 s ahead of ours' },
    ];
    const { sent, values } = await apiThatAnswers({ ok: false, checks });

    const result = await partnerTest.run({ positionals: ['ptn_1'], values });

    expect(result).toMatchObject({ exitCode: 1, json: { ok: false, checks } });
    expect(result.text).toMatch(/^ok {6}versions.*\nFAILED {2}clock +90\.0 s ahead of ours$/);
    expect(sent.map(({ call }) => call)).toEqual(['POST /partners/ptn_1/test']);
  });

  it('joulegate partner add shows what the partner needs to register, once', async () => {
    const { sent, values } = await apiThatAnswers({
      ...{ partnerId: 'ptn_1', version: null, versionsUrl: 'https://ours.example/ocpi/versions' },
      tokenA: 'aaaa',
    });
    const given = { ...values, name: 'Drivers', versions: '2.2.1, 2.3.0', roles: 'CPO' };

    const result = await partnerAdd.run({ positionals: [], values: given });

    expect(result.exitCode).toBe(0);
    expect(result.text).toContain('https://ours.example/ocpi/versions');
    expect(result.text).toContain('aaaa');
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      name: 'Drivers',
      versions: ['2.2.1', '2.3.0'],
      roles: ['CPO'],
    });
  });

  it('a partner without a name or an id is asked for', async () => {
    await expect(partnerAdd.run({ positionals: [], values: {} })).rejects.toThrow('--name');
    await expect(partnerTest.run({ positionals: [], values: {} })).rejects.toThrow(
      'Name the partner',
    );
  });
});
