import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../core/event/event.ts';
import { followFeed, openFeed } from './feed-client.ts';
import { connect, eventually, registerCharger, registerTariff, registerToken } from './flow.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(async () => {
  await flow.stop();
});

type EventPage = {
  readonly items: readonly Event[];
  readonly nextCursor: string | null;
  readonly position: string | null;
};

const eventsOf = async (chargerId: string, query = ''): Promise<readonly Event[]> => {
  const events: Event[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await flow.operator.get<EventPage>(`/events?limit=20${cursor}${query}`);
    events.push(...body.items);
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  return events.filter(({ data }) => data['chargerId'] === chargerId);
};

const feedUrl = (): string => flow.service.ready.feed;

const reader = async (scopes: readonly string[] = ['events:read']) => {
  const { body } = await flow.operator.post<{ apiKeyId: string; apiKey: string }>('/api-keys', {
    name: 'Reader',
    scopes,
  });
  return body;
};

/** A charger that says that a connector is in a state, so that there is an event. */
const statusOf = async (status = 'Preparing') => {
  const registered = await registerCharger(flow);
  const charger = await connect(flow, registered);
  const timestamp = new Date().toISOString();
  await charger.call('StatusNotification', {
    connectorId: 1,
    errorCode: 'NoError',
    status,
    timestamp,
  });
  return registered.chargerId;
};

const logged = async (): Promise<readonly Event[]> => {
  await flow.drained();
  const { body } = await flow.operator.get<{ items: readonly Event[] }>('/events?limit=100');
  return body.items;
};

describe('the list of events', () => {
  it('a session gives events in order, from the connection of its charger to its CDR, and each once', async () => {
    const tariffId = await registerTariff(flow, { perKwh: '0.50', vatPercent: '19' });
    await registerToken(flow, 'EVENT-TAG', { accountId: 'acc-1' });
    const registered = await registerCharger(flow, { tariffId });
    const charger = await connect(flow, registered);
    const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000).toISOString();
    await charger.call('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status: 'Preparing',
      timestamp: at(0),
    });
    await flow.drained();
    const { transactionId } = await charger.call('StartTransaction', {
      connectorId: 1,
      idTag: 'EVENT-TAG',
      timestamp: at(1),
      meterStart: 1000,
    });
    await flow.drained();
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: at(20), sampledValue: [{ value: '4000', unit: 'Wh' }] }],
    });
    await flow.drained();
    await charger.call('StopTransaction', { transactionId, timestamp: at(40), meterStop: 8000 });
    await flow.drained();
    await charger.close();
    const events = await eventually(
      () => eventsOf(registered.chargerId),
      (found) => found.some(({ type }) => type === 'charger.disconnected'),
    );

    expect(events.map(({ type }) => type).filter((type) => type !== 'session.anomaly')).toEqual([
      'charger.connected',
      'charger.status',
      'session.started',
      'session.updated',
      'session.ended',
      'cdr.created',
      'charger.disconnected',
    ]);
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    const of = (type: string) => events.find((event) => event.type === type)?.data;
    expect(of('session.updated')).toMatchObject({ energyKwh: 3, accountId: 'acc-1' });
    expect(of('cdr.created')).toMatchObject({ energyKwh: 7, total: { exclVat: '3.50' } });
    const cdrs = await eventsOf(registered.chargerId, '&types=cdr.created,cdr.held');
    expect(cdrs.map(({ type }) => type)).toEqual(['cdr.created']);
    const rest = await flow.operator.get<EventPage>(`/events?after=${ids.at(-1)}`);
    expect(rest.body).toMatchObject({ items: [], nextCursor: null, position: ids.at(-1) });
  });

  it('events of one operator are never those of another', async () => {
    const other = await flow.newOperator('Another');
    const { body } = await other.get<EventPage>('/events');

    expect(body.items).toEqual([]);
  });

  it('an event that nobody can name is refused, and so is a type that does not exist', async () => {
    for (const query of ['after=evt_1', 'types=session.exploded', 'limit=0']) {
      const answer = await flow.operator.get<{ code: string }>(`/events?${query}`);
      expect([query, answer.status, answer.body.code]).toEqual([query, 400, 'INVALID_REQUEST']);
    }
    const future = await flow.operator.get<{ code: string }>('/events?after=evt_999999999999000');
    expect([future.status, future.body.code]).toEqual([410, 'EVENTS_GONE']);
  });
});

describe('the live feed of events', () => {
  it('a handshake of the feed without a key, or with an unknown one, gets 401, and one whose key may not read events gets 403', async () => {
    const unknown = `jg_live_${'a'.repeat(16)}_${'b'.repeat(40)}`;
    expect(await openFeed(feedUrl(), {})).toBe(401);
    expect(await openFeed(feedUrl(), { apiKey: unknown })).toBe(401);
    const { apiKey } = await reader(['chargers:read']);
    expect(await openFeed(feedUrl(), { apiKey })).toBe(403);
  });

  it('a key may come as a subprotocol, and the answer chooses the one of the feed', async () => {
    const { apiKey } = await reader();
    const client = await openFeed(feedUrl(), { protocols: ['joulegate.feed', apiKey] });
    if (typeof client === 'number') throw new Error(`refused with ${client}`);
    expect(client.socket.protocol).toBe('joulegate.feed');
    client.socket.close();
  });

  it('a subscriber gets the types and chargers that it chose, live, and nothing else', async () => {
    const { apiKey } = await reader();
    const registered = await registerCharger(flow);
    const client = await followFeed(feedUrl(), apiKey);
    const chargers = [registered.chargerId.toUpperCase()];
    client.send({ type: 'subscribe', types: ['charger.connected'], chargers });
    await client.frame('subscribed');
    await statusOf();
    await connect(flow, registered);
    const { events = [], position } = await client.frame('events');

    expect(events).toMatchObject([
      { type: 'charger.connected', data: { chargerId: registered.chargerId } },
    ]);
    expect(position).toMatch(/^evt_/);
    client.socket.close();
  });

  it('a subscriber that continues after an event gets all that came after it, and none before', async () => {
    const { apiKey } = await reader();
    await statusOf();
    await statusOf('Charging');
    const events = await logged();
    const after = events.at(1)?.id ?? '';
    const got: Event[] = [];
    const client = await followFeed(feedUrl(), apiKey, (frame) =>
      got.push(...(frame.events ?? [])),
    );
    client.send({ type: 'subscribe', after });
    await eventually(
      async () => got.length,
      (length) => length >= events.length - 2,
    );
    expect(got.slice(0, events.length - 2)).toEqual(events.slice(2));
    client.socket.close();
  });

  it('frames that are no frames, a second subscription and events that are gone are refused with a code', async () => {
    const { apiKey } = await reader();
    const client = await followFeed(feedUrl(), apiKey);
    client.socket.send('no frame');
    client.send({ type: 'subscribe', types: ['charger.exploded'] });
    client.send({ type: 'subscribe', after: 'evt_000000009999000' });
    await eventually(
      async () => client.frames.length,
      (length) => length === 3,
    );
    client.send({ type: 'subscribe' });
    await client.frame('subscribed');
    client.send({ type: 'subscribe' });
    await eventually(
      async () => client.frames.filter(({ type }) => type === 'error').map(({ code }) => code),
      (codes) => codes.length === 4,
    );
    const codes = client.frames.flatMap(({ code }) => code ?? []);
    expect(codes.toSorted()).toEqual([
      'ALREADY_SUBSCRIBED',
      'EVENTS_GONE',
      'INVALID_FRAME',
      'INVALID_FRAME',
    ]);
    client.socket.close();
  });

  it('the connection of a key that was deleted is closed with the reason at its next ping', async () => {
    const { apiKey, apiKeyId } = await reader();
    const client = await followFeed(feedUrl(), apiKey);
    client.send({ type: 'subscribe' });
    await client.frame('subscribed');
    const { http, apiKey: administrator } = flow.service.ready;
    const deleted = await fetch(`${http}/api-keys/${apiKeyId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${administrator}` },
    });
    expect(deleted.status).toBe(204);
    const pinging = setInterval(() => client.send({ type: 'ping' }), 500);
    await client.closed;
    clearInterval(pinging);
    // The answer to a ping may be on its way when the connection is ended.
    const last = client.frames.findLast(({ type }) => type !== 'pong');
    expect(last).toMatchObject({ type: 'closed', code: 'INVALID_API_KEY' });
  });
});
