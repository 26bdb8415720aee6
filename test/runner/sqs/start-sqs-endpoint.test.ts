import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Authorize, DeployedResource, Deployment } from '../../../runner/runner-interfaces.ts';
import { openQueues } from '../../../runner/sqs/open-queues.ts';
import { startSqsEndpoint } from '../../../runner/sqs/start-sqs-endpoint.ts';
import { asJsonObject, asList, type JsonObject } from '../../../runner/template/json-object.ts';

const arnOf = (name: string) => `arn:aws:sqs:eu-central-1:000000000000:${name}`;

function queue(name: string, properties: JsonObject = {}): DeployedResource {
  const url = `https://sqs.eu-central-1.amazonaws.com/000000000000/${name}`;
  const attributes = { Arn: arnOf(name), QueueName: name };
  return { address: `Service/${name}`, type: 'AWS::SQS::Queue', ref: url, attributes, properties };
}

const deployment: Deployment = {
  resources: [
    queue('pushes', {
      VisibilityTimeout: 30,
      MessageRetentionPeriod: 3_600,
      RedrivePolicy: { deadLetterTargetArn: arnOf('failures'), maxReceiveCount: 2 },
    }),
    queue('failures'),
  ],
  outputs: {},
};
const ended: (() => Promise<void>)[] = [];

async function openSqs(dataDirectory: string, authorize: Authorize = () => ({ allowed: true })) {
  const clock = { now: 1_000_000 };
  const queues = openQueues(deployment, dataDirectory, { now: () => clock.now });
  const endpoint = await startSqsEndpoint({ queues, authorize });
  ended.push(endpoint.stop);
  const call = async (operation: string, name: string, input: JsonObject = {}) => {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=ASIAPUSH/20260101/eu-central-1/sqs/aws4_request',
      },
      body: JSON.stringify({ QueueUrl: `http://any/000000000000/${name}`, ...input }),
    });
    return asJsonObject(await response.json());
  };
  const receive = async (name: string, input: JsonObject = {}) =>
    asList((await call('ReceiveMessage', name, input))['Messages']).map(asJsonObject);
  return { call, receive, clock, queues };
}

const folder = () => mkdtempSync(join(tmpdir(), 'joulegate-sqs-'));

afterEach(async () => {
  await Promise.all(ended.splice(0).map((end) => end()));
});

describe('a queue', () => {
  it('a queue delivers a message with the digests that the SDK checks', async () => {
    const { call, receive } = await openSqs(folder());
    const sent = await call('SendMessage', 'pushes', {
      MessageBody: 'cdr.created',
      MessageAttributes: { partner: { DataType: 'String', StringValue: 'DE*JOU' } },
    });
    const md5 = createHash('md5').update('cdr.created').digest('hex');
    expect(sent['MD5OfMessageBody']).toBe(md5);
    const [message = {}] = await receive('pushes');
    expect(message).toMatchObject({
      Body: 'cdr.created',
      MD5OfBody: md5,
      MessageId: sent['MessageId'],
    });
    expect(message['MD5OfMessageAttributes']).toBe(sent['MD5OfMessageAttributes']);
  });

  it('a queue hides a received message until its visibility timeout is over', async () => {
    const { call, receive, clock } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'one' });
    expect(await receive('pushes')).toHaveLength(1);
    clock.now += 29_999;
    expect(await receive('pushes')).toHaveLength(0);
    clock.now += 1;
    expect(await receive('pushes', { AttributeNames: ['All'] })).toMatchObject([
      { Attributes: { ApproximateReceiveCount: '2' } },
    ]);
  });

  it('a queue shows a message again at once when its visibility is set to zero', async () => {
    const { call, receive } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'one' });
    const [message = {}] = await receive('pushes');
    const { ReceiptHandle } = message;
    await call('ChangeMessageVisibility', 'pushes', { ReceiptHandle, VisibilityTimeout: 0 });
    expect(await receive('pushes')).toHaveLength(1);
  });

  it('a queue deletes a message by its latest receipt, and by no earlier one', async () => {
    const { call, receive, clock } = await openSqs(folder());
    await call('SendMessage', 'failures', { MessageBody: 'one' });
    const [first = {}] = await receive('failures');
    clock.now += 30_000;
    const [second = {}] = await receive('failures');
    await call('DeleteMessage', 'failures', { ReceiptHandle: first['ReceiptHandle'] });
    clock.now += 30_000;
    expect(await receive('failures', { VisibilityTimeout: 0 })).toHaveLength(1);
    const [third = {}] = await receive('failures');
    await call('DeleteMessage', 'failures', { ReceiptHandle: second['ReceiptHandle'] });
    await call('DeleteMessageBatch', 'failures', {
      Entries: [{ Id: 'a', ReceiptHandle: third['ReceiptHandle'] }],
    });
    clock.now += 30_000;
    expect(await receive('failures')).toHaveLength(0);
  });

  it('a queue moves a message that was received too often to its dead-letter queue', async () => {
    const { call, receive, clock } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'poison' });
    for (let receipt = 0; receipt < 2; receipt += 1) {
      expect(await receive('pushes')).toHaveLength(1);
      clock.now += 30_000;
    }
    expect(await receive('pushes')).toHaveLength(0);
    expect(await receive('failures')).toMatchObject([{ Body: 'poison' }]);
  });

  it('a queue holds a delayed message back, and wakes who waits for it', async () => {
    const { call, receive, clock } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'later', DelaySeconds: 10 });
    expect(await receive('pushes')).toHaveLength(0);
    clock.now += 10_000;
    expect(await receive('pushes')).toHaveLength(1);
    const waiting = receive('pushes', { WaitTimeSeconds: 20 });
    await call('SendMessageBatch', 'pushes', { Entries: [{ Id: 'a', MessageBody: 'now' }] });
    expect(await waiting).toMatchObject([{ Body: 'now' }]);
  });

  it('delays that are passed by command hand out the messages that match, and not one that was received before', async () => {
    const { call, receive, queues } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'received' });
    await receive('pushes');
    for (const MessageBody of ['deadline', 'look']) {
      await call('SendMessage', 'pushes', { MessageBody, DelaySeconds: 30 });
    }
    expect(queues.get(arnOf('pushes'))?.passDelays(/deadline|received/)).toBe(1);
    expect(await receive('pushes', { MaxNumberOfMessages: 10 })).toMatchObject([
      { Body: 'deadline' },
    ]);
  });

  it('a queue deletes messages older than its retention', async () => {
    const { call, receive, clock } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'old' });
    clock.now += 3_600_000;
    expect(await receive('pushes')).toHaveLength(0);
  });

  it('a queue has its messages and their receive counts after a restart', async () => {
    const dataDirectory = folder();
    const before = await openSqs(dataDirectory);
    for (const MessageBody of ['taken', 'deleted', 'left']) {
      await before.call('SendMessage', 'pushes', { MessageBody });
    }
    const [, deleted = {}] = await before.receive('pushes', { MaxNumberOfMessages: 2 });
    const { ReceiptHandle } = deleted;
    await before.call('DeleteMessage', 'pushes', { ReceiptHandle });
    const { receive, clock } = await openSqs(dataDirectory);
    expect(await receive('pushes', { MaxNumberOfMessages: 10 })).toMatchObject([{ Body: 'left' }]);
    clock.now += 30_000;
    expect(await receive('pushes', { MaxNumberOfMessages: 10 })).toHaveLength(2);
  });

  it('a queue gives those of its own and its messages’ attributes that are asked for, and no others', async () => {
    const { call, receive } = await openSqs(folder());
    await call('SendMessage', 'pushes', { MessageBody: 'session' });

    const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    expect(await call('GetQueueAttributes', 'pushes', { AttributeNames: counts })).toEqual({
      Attributes: { ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '0' },
    });
    expect(await call('GetQueueAttributes', 'pushes')).toEqual({});
    const asked = { MessageSystemAttributeNames: ['SentTimestamp'], VisibilityTimeout: 0 };
    expect((await receive('pushes', asked))[0]?.['Attributes']).toEqual({
      SentTimestamp: '1000000',
    });
    expect((await receive('pushes', { VisibilityTimeout: 0 }))[0]?.['Attributes']).toBeUndefined();
  });

  it('a queue accepts nothing from a role that may not send', async () => {
    const { call } = await openSqs(folder(), (accessKeyId, action, arn) =>
      action === 'sqs:SendMessage'
        ? { allowed: false, message: `${accessKeyId} ${action} ${arn}` }
        : { allowed: true },
    );
    expect(await call('SendMessage', 'pushes', { MessageBody: 'x' })).toEqual({
      __type: 'AccessDeniedException',
      message: `ASIAPUSH sqs:SendMessage ${arnOf('pushes')}`,
    });
  });
});
