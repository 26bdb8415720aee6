import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { endConnection, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { recordStatus } from '../../../lambdas/store/chargers/record-status.ts';
import { appendEvents } from '../../../lambdas/store/events/append-events.ts';
import { newReaderItem } from '../../../lambdas/store/events/audience.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { putItem } from '../../contracts/put-item.ts';
import { type Body, newOperator, type TestOperator } from '../plant.ts';

import { type Steps, type StreamRecord, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
});
afterAll(async () => {
  steps.stop();
  await database.stop();
});

const status = async (operator: TestOperator, chargerId: string): Promise<void> => {
  const connector = { evseId: 1, connectorId: 1 };
  await recordStatus(database, chargerKey(operator.operatorId, chargerId), connector, {
    status: 'charging',
    errorCode: 'NoError',
    statusAt: '2026-04-14T18:00:00.000Z',
    timed: true,
    receivedAt: '2026-04-14T18:00:00.000Z',
  });
};

/** The records of the connectors of an operator, as the stream hands them over. */
const recordsOf = async (operator: TestOperator): Promise<readonly StreamRecord[]> =>
  (await steps.recordsOf(database.state)).filter(
    ({ dynamodb }) =>
      dynamodb.NewImage['kind']?.S === 'CONNECTOR' &&
      dynamodb.NewImage['pk']?.S?.includes(operator.operatorId),
  );

const eventsOf = async (operator: TestOperator): Promise<readonly Body[]> =>
  (await operator.call('GET', '/events')).body.items ?? [];

it('a batch that is delivered again, whole or in part, logs nothing twice', async () => {
  const operator = await newOperator(database);
  for (const id of ['A', 'B', 'C']) await status(operator, id);
  const Records = await recordsOf(operator);
  await steps.run('events', { Records: Records.slice(0, 2) });
  const answer = await steps.run('events', { Records });
  await steps.run('events', { Records: Records.slice(1) });

  expect(answer).toEqual({ batchItemFailures: [] });
  expect((await eventsOf(operator)).map((event) => event['type'])).toEqual([
    'charger.status',
    'charger.status',
    'charger.status',
  ]);
});

it('the end of a command is an event of its charger, with the id that the operator knows it by', async () => {
  const operator = await newOperator(database);
  await operator.call('POST', '/chargers', { chargerId: 'Yard-1' });
  const connection = { connectionId: 'yard', protocol: 'ocpp1.6' };
  const connectedAt = new Date().toISOString();
  const key = chargerKey(operator.operatorId, 'Yard-1');
  await takeOver(database, key, { ...connection, connectedAt });
  const route = '/chargers/Yard-1/commands';
  const { commandId } = (await operator.call('POST', route, { type: 'clear-cache' })).body;
  expect((await operator.call('DELETE', `/commands/${commandId}`)).status).toBe(200);
  const Records = (await steps.recordsOf(database.state)).filter(
    ({ dynamodb: { NewImage } }) =>
      NewImage['kind']?.S === 'COMMAND' && NewImage['operatorId']?.S === operator.operatorId,
  );
  await steps.run('events', { Records });

  expect(await eventsOf(operator)).toMatchObject([
    {
      type: 'command.finished',
      data: {
        chargerId: 'Yard-1',
        commandId,
        type: 'clear-cache',
        state: 'cancelled',
        error: null,
      },
    },
  ]);
});

it('a charger whose connection ended is looked at later where somebody reads events, and costs nothing where nobody does', async () => {
  const [heard, unheard] = [await newOperator(database), await newOperator(database)];
  await putItem(database, newReaderItem(unheard.operatorId, '2026-01-01T00:00:00.000Z'));
  const looksFor = async ({ operatorId, call }: TestOperator): Promise<number> => {
    await call('POST', '/chargers', { chargerId: 'Gone-1' });
    const key = chargerKey(operatorId, 'Gone-1');
    const at = new Date().toISOString();
    await takeOver(database, key, {
      connectionId: operatorId,
      protocol: 'ocpp1.6',
      connectedAt: at,
    });
    await endConnection(database, key, operatorId, at);
    const Records = (await steps.recordsOf(database.state)).filter(
      ({ dynamodb: { NewImage } }) =>
        NewImage['kind']?.S === 'CONNECTION' && NewImage['pk']?.S?.includes(operatorId),
    );
    const before = steps.asked.length;
    expect(await steps.run('events', { Records })).toEqual({ batchItemFailures: [] });
    return steps.asked.length - before;
  };

  expect([await looksFor(heard), await looksFor(unheard)]).toEqual([1, 0]);
});

it('a webhook lists what was logged since it exists, however roughly the change itself is dated, and nothing from before', async () => {
  const operator = await newOperator(database);
  const { operatorId } = operator;
  const hook = { url: 'https://receiver.example/', events: ['cdr.created'] };
  const { body } = await operator.call('POST', '/webhooks', hook);
  const createdAt = Date.parse(String(body['createdAt']));
  const at = new Date(createdAt - 59_000).toISOString();
  for (const [source, logged] of [
    ['before', createdAt - 5000],
    ['after', createdAt + 5],
  ] as const) {
    const event = { type: 'cdr.created', at, data: { chargerId: source }, source } as const;
    await appendEvents(database, operatorId, [event], { since: createdAt, now: () => logged });
  }

  const listed = await operator.call('GET', `/webhooks/${body['webhookId']}/deliveries`);

  expect(listed.body.items).toMatchObject([{ event: { data: { chargerId: 'after' } } }]);
});

it('an event names its charger as the operator writes it, also of one that does not exist any more', async () => {
  const operator = await newOperator(database);
  await operator.call('POST', '/chargers', { chargerId: 'Street-1' });
  await status(operator, 'STREET-1');
  await status(operator, 'Gone-1');
  await steps.run('events', { Records: await recordsOf(operator) });
  const named = (await eventsOf(operator)).map((event) => (event['data'] as Body)['chargerId']);

  expect(named.toSorted()).toEqual(['Street-1', 'gone-1']);
});

it('a record that cannot be read comes again, and the others of its batch are logged', async () => {
  const operator = await newOperator(database);
  for (const id of ['A', 'B']) await status(operator, id);
  const [first, second] = await recordsOf(operator);
  const NewImage = { kind: { S: 'SESSION' }, pk: { S: 'SESSION#ses_x' }, sk: { S: 'SESSION' } };
  const broken = { eventName: 'INSERT', dynamodb: { NewImage, SequenceNumber: '99', Keys: {} } };
  const answer = await steps.run('events', { Records: [first, broken, second] });

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '99' }] });
  expect(await eventsOf(operator)).toHaveLength(2);
});

it('nothing is logged for an operator whose events nobody has read for more than a week', async () => {
  const operator = await newOperator(database);
  await putItem(database, newReaderItem(operator.operatorId, '2026-01-01T00:00:00.000Z'));
  await status(operator, 'A');
  await steps.run('events', { Records: await recordsOf(operator) });

  expect(await eventsOf(operator)).toEqual([]);
});
