import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An API that answers its calls one after the other, and each further one as the last; gives the options that lead to it, and what it was sent. */
export async function apiThatAnswers(...bodies: readonly [object, ...object[]]) {
  const sent: { readonly call: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      sent.push({ call: `${request.method} ${request.url}`, body: text });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(bodies[sent.length - 1] ?? bodies.at(-1)));
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
