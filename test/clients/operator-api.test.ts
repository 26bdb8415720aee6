import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askApi, operatorApi } from '../../clients/operator-api.ts';

const refusal = {
  code: 'PARTNER_HANDSHAKE_FAILED',
  message: 'The registration failed; details names the step and the reason.',
  details: [{ path: 'versions', message: 'The partner does not know token A.' }],
};

const server = createServer((_request, response) => {
  response.writeHead(422, { 'content-type': 'application/json' });
  response.end(JSON.stringify(refusal));
});
let http: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('a refusal of the operator API at the command line', () => {
  it('its one line names what is wrong and where, however the call was made', async () => {
    const access = { http, chargers: '', apiKey: 'jg_live_x' };
    const wanted = {
      code: 'PARTNER_HANDSHAKE_FAILED',
      message: `${refusal.message} versions: The partner does not know token A.`,
    };
    await expect(askApi(access, 'POST', '/partners', {})).rejects.toMatchObject(wanted);
    const call = operatorApi(access).call('POST /partners', { body: { name: 'Drivers' } });
    await expect(call).rejects.toMatchObject(wanted);
  });
});
