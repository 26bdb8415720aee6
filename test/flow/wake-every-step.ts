import { setTimeout as delay } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { StepName } from '../../lib/functions/steps.ts';
import type { Fates } from './die-and-freeze.ts';
import { openFeed } from './feed-client.ts';
import type { Registered } from './flow.ts';
import { operatorClient } from './operator-client.ts';
import type { RunningFlow } from './start-flow.ts';
import { connectTestCharger } from './test-charger.ts';

/** Messages for the steps that read a queue, about things that nobody has. */
const messages = {
  corrections: { sessionId: 'ses_nobody', until: '2026-03-05T09:00:00.000Z' },
  commands: { kind: 'next', chargerKey: 'op_nobody#cp' },
  webhooks: {
    ...{ kind: 'delivery', operatorId: 'op_nobody', webhookId: 'wh_nobody', attempt: 1 },
    event: { type: 'a', id: 'evt_1', at: '', operatorId: 'op_nobody', data: {} },
  },
  partners: {
    ...{ kind: 'look', operatorId: 'op_nobody' },
    thing: { kind: 'location', locationId: 'loc_nobody' },
  },
} as const;

const pushed = {
  sessions: [
    {
      carConnected: '2026-04-14T18:30:00+02:00',
      carDisconnected: '2026-04-14T20:45:00+02:00',
      kiloWattHours: 12.5,
    },
  ],
};

/**
 * Has every function work that a fleet alone does not wake, each until it has died and been frozen at it: whoever got no answer asks
 * again, as queues do by themselves. What was asked for twice is there once.
 */
export const wakeEveryStep = async (
  flow: RunningFlow,
  fates: Fates,
  charger: Registered,
): Promise<void> => {
  const { functions, invoke, sqs: endpoint } = flow.service.stack;
  const until = async (step: StepName, attempt: () => Promise<unknown>): Promise<void> => {
    while (!fates.isThrough(step)) {
      // One that died has no answer.
      await attempt().catch(() => undefined);
      await delay(50);
    }
  };
  const call = async (step: StepName, event: object): Promise<unknown> => {
    const { arn = '' } = functions.find(({ name }) => name.endsWith(`-${step}`)) ?? {};
    const answer = await invoke(arn, event);
    if (answer.kind !== 'returned') throw new Error(`${step}: ${answer.kind}`);
    return answer.payload;
  };
  const ask = async (path: string, authorization: string, body?: object): Promise<unknown> => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = { authorization, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${flow.http}${path}`, { method, headers, ...sent });
    return await answer.arrayBuffer();
  };

  await until('operators', () => call('operators', { name: 'Woken' }));
  const { apiKey } = (await call('operators', { name: 'Woken' })) as { readonly apiKey: string };
  const bearer = `Bearer ${apiKey}`;
  const decision = { action: 'accept', operatorId: 'op_nobody', cdrId: 'cdr_nobody' };

  const client = new SQSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  const prefix = functions.find(({ name }) => name.endsWith('-ocpp'))?.name.replace(/ocpp$/, '');
  const send = async (step: keyof typeof messages) => {
    const QueueUrl = `https://sqs.eu-central-1.amazonaws.com/000000000000/${prefix}${step}`;
    const MessageBody = JSON.stringify(messages[step]);
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await delay(200);
  };
  const follow = async () => {
    const reader = await openFeed(flow.service.ready.feed, { apiKey });
    if (typeof reader === 'number') return;
    reader.send({ type: 'subscribe' });
    await Promise.race([reader.frame('subscribed'), reader.frame('error'), reader.closed]);
    reader.socket.terminate();
  };
  const { chargerId, password } = charger;
  const plugIn = async () => {
    const path = `/ocpp/${chargerId}`;
    const plug = await connectTestCharger({ url: flow.chargers, path, user: chargerId, password });
    if (!('refused' in plug)) await plug.close();
  };
  await Promise.all([
    until('api', () => ask('/settings', bearer)),
    until('push', () => ask('/api/gateway/sessions', bearer, pushed)),
    until('files', () => ask(`/files/${'x'.repeat(43)}`, bearer)),
    until('ocpi', () => ask('/ocpi/versions', 'Token bm9ib2R5')),
    until('sweep', () => call('sweep', { time: '2015-01-01T00:00:00Z' })),
    until('widgets', () => call('widgets', { widget: 'held' })),
    until('actions', () =>
      call('actions', { ...decision, widgetContext: { forms: { all: { name: 'Ada' } } } }),
    ),
    ...(Object.keys(messages) as (keyof typeof messages)[]).map((step) =>
      until(step, () => send(step)),
    ),
    until('feed-authorizer', follow).then(() => until('feed', follow)),
    until('authorizer', plugIn)
      .then(() => until('connect', plugIn))
      .then(() => until('disconnect', plugIn)),
  ]);
  client.destroy();

  await ask('/api/gateway/sessions', bearer, pushed);
  const { body } = await operatorClient(flow.http, apiKey).get<{ items: object[] }>('/sessions');
  expect(body.items).toHaveLength(1);
};
