import '../quiet.ts';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ActionServices, answerAction } from '../../../lambdas/actions/answer-action.ts';
import { cdrOf, openHeldSite, resolve, superseded } from '../cdr/held-plant.ts';
import { newOperator } from '../plant.ts';
import type { TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openHeldSite();
});
afterAll(async () => {
  await site.close();
});
beforeEach(async () => {
  await site.register();
});

const services = (changes: Partial<ActionServices> = {}): ActionServices => ({
  database: site.database,
  sqs: {} as SQSClient,
  lambda: {} as LambdaClient,
  failureQueues: {},
  stepQueues: {},
  prefix: 'joulegate-prod-',
  millisecondsLeft: () => 240_000,
  invocationId: 'inv-1',
  now: new Date().toISOString(),
  ...changes,
});

/** Presses a button of a held CDR with what the fields of the widget contain. */
const press = async (action: string, cdrId: string, fields: object, operatorId?: string) =>
  await answerAction(services(), {
    action,
    cdrId,
    operatorId: operatorId ?? site.operator.operatorId,
    widgetContext: { theme: 'dark', forms: { all: fields } },
  });

describe('the buttons of a held CDR', () => {
  it('an energy that is set is billed, and the sealed CDR keeps the reason, the name that was stated and the id of the run', async () => {
    const { cdrId, sessionId } = await superseded(site);
    const fields = { name: ' Ada ', [`reason:${cdrId}`]: 'Read off.', [`energy:${cdrId}`]: '7,5' };

    const said = await press('setEnergy', cdrId, fields);
    await site.settle();

    expect(said).toContain('decided by Ada');
    expect(said).toContain('class="jg-dark"');
    const cdr = await cdrOf(site, sessionId);
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7.5 });
    expect(cdr.evidence.basis.decision).toMatchObject({
      reason: 'Read off.',
      decidedBy: { invocationId: 'inv-1', name: 'Ada' },
    });
  });

  it('a button that is pressed twice changes nothing more, and another decision is refused, by the API as well', async () => {
    const { cdrId } = await superseded(site);

    expect(await press('accept', cdrId, { name: 'Ada' })).toContain('decided by Ada');
    expect(await press('accept', cdrId, { name: 'Bob' })).toContain('decided by Ada');
    const reason = { [`reason:${cdrId}`]: 'A test.' };
    expect(await press('void', cdrId, { name: 'Bob', ...reason })).toContain('CDR_RESOLVED');
    expect((await resolve(site, cdrId, { decision: 'void', reason: 'x' })).code).toBe(
      'CDR_RESOLVED',
    );
  });

  it('a field that is missing or wrong is named, and nothing is decided', async () => {
    const { cdrId } = await superseded(site);
    const all = { name: 'Ada', [`reason:${cdrId}`]: 'A', [`energy:${cdrId}`]: '1' };
    const without = (field: string) => ({ ...all, [field]: ' ' });
    const energy = (text: string) => ({ ...all, [`energy:${cdrId}`]: text });

    expect(await press('accept', cdrId, {})).toContain('ACTION_NAME_MISSING');
    expect(await press('void', cdrId, without(`reason:${cdrId}`))).toContain('ACTION_REASON');
    for (const text of ['', 'x', '-1', '100001', '0.0000001', '1e3']) {
      expect(await press('setEnergy', cdrId, energy(text))).toContain('ACTION_ENERGY_INVALID');
    }
    expect((await resolve(site, cdrId, { decision: 'accept' })).status).toBe(202);
  });

  it('a button of one operator does not decide about the CDR of another', async () => {
    const { cdrId } = await superseded(site);
    const { operatorId } = await newOperator(site.database, 'Other');

    expect(await press('accept', cdrId, { name: 'Ada' }, operatorId)).toContain('CDR_NOT_FOUND');
  });

  it('what a person states is shown as text, and a button with other parameters is refused', async () => {
    const { cdrId } = await superseded(site);
    const said = await press('accept', cdrId, { name: '<img src=x>' });

    expect(said).toContain('&lt;img src=x&gt;');
    expect(said).not.toContain('<img');
    expect(await answerAction(services(), { action: 'delete' })).toContain('ACTION_INVALID');
    expect(await answerAction(services(), { action: 'retry', step: 'ocpp' })).toContain(
      'ACTION_INVALID',
    );
    expect(await answerAction(services(), { describe: true })).toContain('Buttons of Joulegate');
  });
});

/** A failure queue with these messages, and a Lambda whose functions answer so; gives the commands that were sent. */
function queueOf(bodies: readonly { body: string; sentAt?: number }[], answer: object = {}) {
  const sent: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  const note = (command: { constructor: { name: string }; input: object }) =>
    sent.push({ name: command.constructor.name, input: command.input as Record<string, unknown> });
  let rest = bodies.map(({ body, sentAt = 0 }, n) => ({
    Body: body,
    ReceiptHandle: `r${n}`,
    Attributes: { SentTimestamp: String(sentAt), MessageGroupId: 'op_1' },
  }));
  const sqs = {
    send: async (command: { constructor: { name: string }; input: object }) => {
      note(command);
      if (command.constructor.name !== 'ReceiveMessageCommand') return {};
      const Messages = rest.slice(0, 10);
      rest = rest.slice(10);
      return { Messages };
    },
  };
  const lambda = {
    send: async (command: { constructor: { name: string }; input: object }) => {
      note(command);
      return { Payload: new TextEncoder().encode('null'), ...answer };
    },
  };
  const count = (name: string) => sent.filter((one) => one.name === `${name}Command`).length;
  return {
    sqs: sqs as unknown as SQSClient,
    lambda: lambda as unknown as LambdaClient,
    sent,
    count,
  };
}

const retry = async (
  { sqs, lambda }: Pick<ReturnType<typeof queueOf>, 'sqs' | 'lambda'>,
  step: string,
  changes: Partial<ActionServices> = {},
) => {
  const queues = { failureQueues: { [step]: 'failures' }, stepQueues: { [step]: 'queue' } };
  const site = services({ sqs, lambda, ...queues, ...changes });
  return await answerAction(site, { action: 'retry', step });
};

describe('the button of a failure queue', () => {
  const record = (sk: string) =>
    JSON.stringify({ functionName: 'joulegate-prod-cdr', errorName: 'Error', record: { sk } });

  it('all failures that the step takes are deleted, more than ten of them too', async () => {
    const queue = queueOf(Array.from({ length: 23 }, (_, n) => ({ body: record(String(n)) })));

    expect(await retry(queue, 'cdr')).toContain('23 handed over, 0 kept.');
    expect(queue.count('Invoke')).toBe(23);
    expect(queue.count('DeleteMessage')).toBe(23);
    expect(queue.sent.find(({ name }) => name === 'InvokeCommand')?.input).toMatchObject({
      FunctionName: 'joulegate-prod-cdr',
      Payload: '{"Records":[{"sk":"0"}]}',
    });
  });

  it('a message goes into the queue of its step with its group', async () => {
    const queue = queueOf([{ body: '{"kind":"next"}' }]);

    expect(await retry(queue, 'commands')).toContain('1 handed over');
    expect(queue.sent.find(({ name }) => name === 'SendMessageCommand')?.input).toEqual({
      QueueUrl: 'queue',
      MessageBody: '{"kind":"next"}',
      MessageGroupId: 'op_1',
    });
  });

  it('a run that failed is begun again without being waited for, since it may take longer than the button', async () => {
    const accepted = { StatusCode: 202, Payload: undefined };
    const queue = queueOf([{ body: '{"version":"0"}' }], accepted);

    const said = await retry(queue, 'sweep');

    expect(said).toContain('1 handed over');
    expect(said).toContain('A run was started');
    expect(queue.sent.find(({ name }) => name === 'InvokeCommand')?.input).toEqual({
      FunctionName: 'joulegate-prod-sweep',
      InvocationType: 'Event',
      Payload: '{}',
    });
  });

  it('runs that failed one after the other are begun again as one, since each does all that is due', async () => {
    const accepted = { StatusCode: 202, Payload: undefined };
    const failed = Array.from({ length: 12 }, () => ({ body: '{"version":"0"}' }));
    const queue = queueOf(failed, accepted);

    expect(await retry(queue, 'sweep')).toContain('12 handed over, 0 kept.');
    expect(queue.count('Invoke')).toBe(1);
    expect(queue.count('DeleteMessage')).toBe(12);
  });

  it('what is no run of the sweep stays in its queue, although one was begun', async () => {
    const place = JSON.stringify({ DDBStreamBatchInfo: { shardId: 'gone' } });
    const queue = queueOf([{ body: '{}' }, { body: place }, { body: '{}' }], {
      StatusCode: 202,
      Payload: undefined,
    });

    expect(await retry(queue, 'sweep')).toContain('2 handed over, 1 kept.');
    expect(queue.count('DeleteMessage')).toBe(2);
  });

  it('a run that cannot be begun leaves its failures where they are', async () => {
    const queue = queueOf([{ body: '{}' }, { body: '{}' }]);
    const refusing = { send: async () => await Promise.reject(new Error('Rate exceeded')) };
    const lambda = refusing as unknown as LambdaClient;

    const said = await retry({ ...queue, lambda }, 'sweep');
    expect(said).toContain('0 handed over, 2 kept.');
    expect(said).not.toContain('A run was started');
    expect(queue.count('DeleteMessage')).toBe(0);
  });

  it('a failure that the step cannot take, or that came back meanwhile, stays and is seen again at once', async () => {
    const failing = { FunctionError: 'Unhandled', Payload: new TextEncoder().encode('<b>out</b>') };
    const later = { body: record('1'), sentAt: Date.now() + 60_000 };
    const queue = queueOf([{ body: record('0') }, later, { body: 'neither' }], failing);
    const said = await retry(queue, 'cdr');

    expect(said).toContain('0 handed over, 3 kept.');
    expect(said).toContain('&lt;b&gt;out');
    expect(queue.count('Invoke')).toBe(1);
    expect(queue.count('DeleteMessage')).toBe(0);
    expect(queue.count('ChangeMessageVisibility')).toBe(3);
  });

  it('where the time is over the rest stays, and the button says that there are more', async () => {
    const queue = queueOf(Array.from({ length: 12 }, (_, n) => ({ body: record(String(n)) })));
    let left = 240_000;
    const millisecondsLeft = () => {
      left -= 20_000;
      return left;
    };
    const said = await retry(queue, 'cdr', { millisecondsLeft });

    expect(said).toContain('press the button again');
    expect(queue.count('DeleteMessage') + queue.count('ChangeMessageVisibility')).toBe(10);
  });
});
