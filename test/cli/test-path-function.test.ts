import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPathFunction } from '../../cli/doctor/test-path-function.ts';
import type { EdgeRequest } from '../../runner/cloudfront/edge-event.ts';
import { loadEdgeFunction } from '../../runner/cloudfront/edge-function.ts';

const chargerPath = readFileSync(
  new URL('../../lib/endpoints/charger-path.js', import.meta.url),
  'utf8',
);

/** The published functions by name. */
const published: Readonly<Record<string, string>> = {
  ours: chargerPath,
  uncompiled: chargerPath.replace('catch (error)', 'catch'),
  throwing: 'function handler(event) { return event.absent.uri; }',
  idle: 'function handler(event) { return event.request; }',
  slow: chargerPath,
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Runs a function on the event of a request for its test; the message of its error, or its output. */
const run = async (name: string, body: string) => {
  const encoded = /<EventObject>(.*)<\/EventObject>/.exec(body)?.[1] ?? '';
  const { request, viewer } = JSON.parse(Buffer.from(encoded, 'base64').toString()) as {
    request: EdgeRequest;
    viewer: { ip: string };
  };
  const surroundings = {
    distributionDomainName: '',
    distributionId: '',
    requestId: '',
    viewerIp: viewer.ip,
  };
  try {
    const result = await loadEdgeFunction(published[name] ?? '', name)(request, surroundings);
    if (result.kind === 'failed') return { error: result.reason, output: '' };
    const { kind: _, ...output } = result;
    return { error: '', output: JSON.stringify(output) };
  } catch (error) {
    return { error: String(error), output: '' };
  }
};

/** CloudFront as far as a test of a function needs it: the ETag of a published function must be named. */
const cloudFront = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const [, , , name = '', action] = pathname.split('/');
  const body = await textOf(request);
  if (published[name] === undefined) {
    response.writeHead(404, { 'content-type': 'text/xml' });
    response.end(
      '<ErrorResponse><Error><Code>NoSuchFunctionExists</Code><Message>The specified function does not exist.</Message></Error></ErrorResponse>',
    );
    return;
  }
  if (action === 'describe') {
    expect(searchParams.get('Stage')).toBe('LIVE');
    response.writeHead(200, { 'content-type': 'text/xml', etag: `E-${name}` });
    response.end(`<FunctionSummary><Name>${name}</Name></FunctionSummary>`);
    return;
  }
  expect([request.method, action, request.headers['if-match']]).toEqual([
    'POST',
    'test',
    `E-${name}`,
  ]);
  expect(body).toContain('<Stage>LIVE</Stage>');
  const { error, output } = await run(name, body);
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(
    `<TestResult><ComputeUtilization>${name === 'slow' ? 97 : 21}</ComputeUtilization><FunctionErrorMessage>${escaped(error)}</FunctionErrorMessage><FunctionOutput>${escaped(output)}</FunctionOutput></TestResult>`,
  );
});

let client: CloudFrontClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    cloudFront.listen(0, '127.0.0.1', resolve);
  });
  const { port } = cloudFront.address() as AddressInfo;
  client = new CloudFrontClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterAll(() => {
  client.destroy();
  cloudFront.close();
});

describe('the CloudFront function of a deployed stack', () => {
  it('the doctor has CloudFront run the published function on the handshake of a charger', async () => {
    expect(await testPathFunction('ours', client)).toBe(
      'CloudFront runs it in 21 % of the time that a function may take',
    );
  });

  it.each([
    ['does not compile', 'uncompiled', 'catch without a variable'],
    ['throws', 'throwing', 'CloudFront cannot run throwing: TypeError'],
    ['leaves the path as it is', 'idle', 'it made {"request":{"method":"GET","uri":"/ocpp/CP-1"'],
    ['takes nearly all of its time', 'slow', '97 % of the time that a function may take, which is'],
    ['is not there', 'absent', 'The specified function does not exist.'],
  ])('the doctor finds a function that %s, and says so', async (_, name, reason) => {
    await expect(testPathFunction(name, client)).rejects.toThrow(reason);
  });
});
