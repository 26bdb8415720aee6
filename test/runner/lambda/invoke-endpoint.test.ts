import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionSettings } from '../../../runner/lambda/function-settings.ts';
import {
  type InvokeEndpoint,
  startInvokeEndpoint,
} from '../../../runner/lambda/invoke-endpoint.ts';
import type { Invocation } from '../../../runner/runner-interfaces.ts';

const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:operators';
const operators: FunctionSettings = {
  address: 'Stack/Operators',
  name: 'operators',
  arn,
  role: { address: '', name: '', arn: '', statements: [], trustedServices: [] },
  modulePath: '',
  exportName: 'handler',
  memoryMegabytes: 128,
  timeoutSeconds: 3,
  reservedConcurrency: undefined,
  logGroupName: '',
  environment: {},
};

let endpoint: InvokeEndpoint;
let answer: Invocation;
const later: unknown[] = [];

beforeAll(async () => {
  endpoint = await startInvokeEndpoint({
    functions: [operators],
    invoke: async (_arn, event) =>
      answer.kind === 'returned' ? { kind: 'returned', payload: { event } } : answer,
    callLater: (_arn, event) => later.push(event),
    authorize: (accessKeyId, action) =>
      accessKeyId === 'STRANGER' ? { allowed: false, message: `no ${action}` } : { allowed: true },
  });
});

afterAll(() => endpoint.stop());

const clientOf = (accessKeyId: string) =>
  new LambdaClient({
    endpoint: endpoint.url,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey: 'x' },
    maxAttempts: 1,
  });

const call = async (FunctionName: string, accessKeyId = 'ADMIN') => {
  const client = clientOf(accessKeyId);
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify({ name: 'Demo' }) }),
  );
  return { payload: JSON.parse(Payload?.transformToString() ?? ''), FunctionError };
};

test.each(['operators', arn])('a function is called by %s', async (name) => {
  answer = { kind: 'returned', payload: null };
  expect(await call(name)).toEqual({ payload: { event: { name: 'Demo' } } });
});

test('a failed function is reported beside its error', async () => {
  answer = { kind: 'failed', errorType: 'TypeError', errorMessage: 'bang' };
  expect(await call('operators')).toEqual({
    FunctionError: 'Unhandled',
    payload: { errorType: 'TypeError', errorMessage: 'bang' },
  });
});

test('a timeout is reported as a failure in the words of Lambda', async () => {
  answer = { kind: 'timed-out', seconds: 3 };
  expect((await call('operators')).payload.errorMessage).toBe('Task timed out after 3.00 seconds');
});

test('a call that nobody waits for is accepted at once, and made', async () => {
  answer = { kind: 'timed-out', seconds: 3 };
  const { StatusCode, Payload, FunctionError } = await clientOf('ADMIN').send(
    new InvokeCommand({ FunctionName: 'operators', InvocationType: 'Event', Payload: '{"a":1}' }),
  );
  expect([StatusCode, Payload?.length ?? 0, FunctionError]).toEqual([202, 0, undefined]);
  expect(later).toEqual([{ a: 1 }]);
});

test('a throttled call, an unknown function and a refused role are errors of the API', async () => {
  answer = { kind: 'throttled' };
  await expect(call('operators')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  await expect(call('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(call('operators', 'STRANGER')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: 'no lambda:InvokeFunction',
  });
});
