import { setTimeout as sleep } from 'node:timers/promises';
import { askApi } from '../../clients/operator-api.ts';
import { chargerKey } from '../../core/charger/charger-key.ts';
import type { ConnectorStatus } from '../../core/charger/connector-status.ts';
import { recordStatus } from '../../lambdas/store/chargers/connectors.ts';
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
/** ms of an attempt that nobody answers (lambdas/outbound/post-text.ts). */
const limit = 15_000;
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

/** The requests and units of an event and of a delivery, and how long 10,000 events take to a receiver alone and beside one that never answers. */
export async function measureFanOut(
  stack: BenchStack,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  const receiver = await startBenchReceiver('answers');
  const dead = await startBenchReceiver('never answers');
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
    progress(`Events: ${events.toLocaleString('en')} to one receiver`);
    const alone = await run(connectors + countedEvents);
    progress(`Events: ${events.toLocaleString('en')} to the same beside one that never answers`);
    const second = await subscribe(stack, dead.url);
    const beside = await run(connectors + countedEvents + events);
    for (const { webhookId } of [quick, second]) {
      await askApi(stack.access, 'DELETE', `/webhooks/${webhookId}`);
    }
    return [
      ...rowsOf(used),
      atMost(
        `${events.toLocaleString('en')} events beside a dead receiver: the last one is there after`,
        // The first attempts run into their limit; the messages after them are put off.
        1.5 * alone + limit / 1000,
        beside,
        { unit: 's', digits: 0, note: `${alone.toFixed(0)} s without it` },
      ),
    ];
  } finally {
    receiver.stop();
    dead.stop();
  }
}
