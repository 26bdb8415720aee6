import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { startHttpApi } from '../../../runner/gateway/http/start-http-api.ts';
import { testContext } from './test-gateway.ts';
import { deploy, httpResources } from './test-template.ts';

test('a stop cuts a request whose body does not come, and waits for one that is answered', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const deployment = deploy(httpResources(['GET /chargers', 'POST /chargers']));
  const api = async () => {
    ask();
    await released;
    return { statusCode: 200, body: 'answered' };
  };
  const [definition] = readApis(deployment, 'HTTP');
  if (definition === undefined) throw new Error('the template has no HTTP API');
  const options = { port: 0, integrationMilliseconds: 30_000 };
  const { url, stop } = await startHttpApi(definition, testContext(deployment, { api }), options);
  const half = connect(Number(new URL(url).port), '127.0.0.1');
  const cut = once(half, 'close');
  half.on('error', () => undefined);
  half.write(
    'POST /chargers HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n',
  );
  // The server asks for the body: it has begun to read it.
  await once(half, 'data');
  const answer = fetch(`${url}/chargers`);
  await asked;

  const stopped = stop();
  await cut;
  release();
  expect(await (await answer).text()).toBe('answered');
  await stopped;
});
