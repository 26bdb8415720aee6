import { setTimeout as sleep } from 'node:timers/promises';
import { askApi } from '../../clients/operator-api.ts';
import { chargerKey } from '../../core/charger/charger-key.ts';
import type { ConnectorStatus } from '../../core/charger/connector-status.ts';
import { recordStatus } from '../../lambdas/store/chargers/record-status.ts';
import { sumOf, total } from '../aws-bill/step-usage.ts';
import { atMost, type Row } from '../report/row.ts';
import { type BenchReceiver, startBenchReceiver } from '../stack/bench-receiver.ts';
import type { BenchStack, Used } from '../stack/bench-stack.ts';
import { benchChargerId } from '../stack/register-chargers.ts';

const countedEvents = 500;
const events = 10_000;
const atOnce = 16;
/** s until events that did not come are given up. */
const patience = 900;
/** Attempts at a receiver that never answers: each takes a place of a function for 5 to 15 s, and everything else waits without one. */
const mostAttempts = 40;
/** Connectors whose status changes: many, so that the partitions of no item are what is measured. */
const connectors = 500;

/** Has the status of connectors change so many times, as their chargers would report it. */
async function changeStatus({ database, operatorId }: BenchStack, from: number, count: number) {
  const numbers = Array.from({ length: count }, (_none, n) => from + n).values();
  const work = async (): Promise<void> => {
    for (const n of numbers) {
      const key = chargerKey(operatorId, benchChargerId(n % connectors));
      const at = new Date().toISOString();
      const status: ConnectorStatus =
        Math.floor(n / connectors) % 2 === 0 ? 'available' : 'preparing';
      const report = { status, errorCode: 'NoError', statusAt: at, timed: false, receivedAt: at };
      await recordStatus(database, key, { evseId: 1, connectorId: 1 }, report);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

type Webhook = { readonly webhookId: string };

const subscribe = async (stack: BenchStack, url: string): Promise<Webhook> =>
  await askApi<Webhook>(stack.access, 'POST', '/webhooks', { url, events: ['charger.status'] });

/** The rows of one event and of one delivery, of what many of them used. */
function rowsOf({ steps, usages }: Used): readonly Row[] {
  const of = (name: string) => steps.filter(({ step }) => step === name);
  const each = (name: string, figure: 'writeUnits' | 'readUnits'): number =>
    total(of(name), figure) / countedEvents;
  const requestsEach = (name: string): number =>
    (total(of(name), 'writeRequests') + total(of(name), 'readRequests')) / countedEvents;
  const queue = sumOf(
    usages.filter(({ service }) => service === 'sqs'),
    'request',
  );
  const units = (name: string) => ({
    unit: 'units',
    note: `${each(name, 'readUnits').toFixed(2)} read and ${each(name, 'writeUnits').toFixed(2)} written`,
  });
  const unitsEach = (name: string) => each(name, 'readUnits') + each(name, 'writeUnits');
  return [
    atMost('An event logged: requests', 0.1, requestsEach('events'), { unit: 'requests' }),
    atMost('An event logged: capacity units', 0.1, unitsEach('events'), units('events')),
    atMost('A delivery: requests', 3, requestsEach('webhooks'), { unit: 'requests' }),
    atMost('A delivery: capacity units', 3, unitsEach('webhooks'), units('webhooks')),
    atMost('A delivery: requests to its queue', 0.5, queue / countedEvents, { unit: 'requests' }),
  ];
}

/** Waits until a receiver has got all of the events, and gives how long that took, s; not a number where some are still missing after a quarter of an hour. */
async function gotAll(receiver: BenchReceiver, count: number, began: number): Promise<number> {
  const seconds = (): number => (performance.now() - began) / 1000;
  while (receiver.ids.size < count) {
    if (seconds() > patience) return Number.NaN;
    await sleep(50);
  }
  return seconds();
}

/** The requests and units of an event and of a delivery, and how long 10,000 events take to a receiver beside another one, which answers or is dead. */
export async function measureFanOut(
  stack: BenchStack,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  const receiver = await startBenchReceiver('answers');
  const answering = await startBenchReceiver('answers');
  const dead = await startBenchReceiver('never answers');
  const remove = async ({ webhookId }: Webhook): Promise<void> => {
    await askApi(stack.access, 'DELETE', `/webhooks/${webhookId}`);
  };
  try {
    const quick = await subscribe(stack, receiver.url);
    // Makes the connectors, and has the functions loaded and the audience known.
    await changeStatus(stack, 0, connectors);
    await stack.drained();
    receiver.ids.clear();
    progress(`Events: what each of ${countedEvents} takes`);
    const used = await stack.countDuring(
      async () => await changeStatus(stack, connectors, countedEvents),
    );
    const run = async (from: number): Promise<number> => {
      receiver.ids.clear();
      const began = performance.now();
      await changeStatus(stack, from, events);
      return await gotAll(receiver, events, began);
    };
    const many = events.toLocaleString('en');
    progress(`Events: ${many} to a receiver beside another one that answers`);
    const other = await subscribe(stack, answering.url);
    const beside = await run(connectors + countedEvents);
    await remove(other);
    await stack.drained();
    progress(`Events: ${many} to the same beside one that never answers`);
    const second = await subscribe(stack, dead.url);
    const besideDead = await run(connectors + countedEvents + events);
    for (const one of [quick, second]) await remove(one);
    return [
      ...rowsOf(used),
      atMost(
        `${many} events beside a dead receiver: the last one is there after`,
        1.2 * beside,
        besideDead,
        {
          unit: 's',
          digits: 0,
          note: `${beside.toFixed(0)} s beside one that answers`,
        },
      ),
      atMost(
        `Attempts at the dead receiver, of ${many} deliveries`,
        mostAttempts,
        dead.requests(),
        {
          unit: 'attempts',
          note: `${dead.openSeconds().toFixed(0)} s in all`,
        },
      ),
    ];
  } finally {
    for (const one of [receiver, answering, dead]) one.stop();
  }
}
