import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Event } from '../../core/event/event.ts';
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
