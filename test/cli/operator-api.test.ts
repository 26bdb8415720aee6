import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askApi } from '../../clients/operator-api.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const ask = async (answer: RequestListener) => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return await askApi({ http, chargers: '', apiKey: 'jg_live_x' }, 'GET', '/chargers');
};

describe('the operator API as the command line calls it', () => {
  it('the API client returns the response', async () => {
    expect(await ask((_request, response) => response.end('{"items":[]}'))).toEqual({ items: [] });
  });

  it('the API client reports a refusal with its own code and message', async () => {
    const refusal = { code: 'SCOPE_MISSING', message: 'The API key lacks the scope.' };

    await expect(
      ask((_request, response) => response.writeHead(403).end(JSON.stringify(refusal))),
    ).rejects.toMatchObject(refusal);
  });

  it('the API client repeats a request that was refused for a moment', async () => {
    let asked = 0;
    const answer = await ask((_request, response) => {
      asked += 1;
      if (asked > 1) response.end('{"items":[]}');
      else response.writeHead(429, { 'retry-after': '0' }).end('{"code":"RATE_LIMITED"}');
    });

    expect(answer).toEqual({ items: [] });
  });

  it('the API client reports a server that is not the operator API, or that closes the connection', async () => {
    await expect(ask((_request, response) => response.end('<html>'))).rejects.toMatchObject({
      code: 'CLI_API_UNREACHABLE',
      message: expect.stringContaining('no operator API'),
    });
    await expect(
      ask((_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        setTimeout(() => response.destroy(), 20);
      }),
    ).rejects.toMatchObject({ code: 'CLI_API_UNREACHABLE' });
  });
});
