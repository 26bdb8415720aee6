import { setTimeout as sleep } from 'node:timers/promises';
import { type ChargerSocket, connectCharger } from '../charger/charger-socket.ts';
import { bootNotification, statusNotification } from '../charger/messages.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import type { BenchPartners, TakenPush } from './bench-partners.ts';
import { addSite, connectorsPerCharger, registerPartners } from './roaming-site.ts';

const partnersInAll = 20;
const sites = 10;
const chargersPerSite = 4;
const connectors = sites * chargersPerSite * connectorsPerCharger;
/** Sites of one connector, at which ten things change at once. */
const smallSites = 10;
/** How long an attempt waits for a partner that does not answer, s. */
const attemptSeconds = 7;
const patienceMilliseconds = 120_000;

/** Waits until partners got so many pushes; gives the seconds that it took. */
async function pushesOf(partners: BenchPartners, many: number): Promise<number> {
  const began = performance.now();
  while (partners.taken.length < many) {
    if (performance.now() - began > patienceMilliseconds) {
      throw new Error(`Partners got ${partners.taken.length} pushes, and not ${many}.`);
    }
    await sleep(20);
  }
  return (performance.now() - began) / 1_000;
}

/** Has one charger of every site report another status; gives the seconds until so many partners have all of them. */
async function changeAll(
  partners: BenchPartners,
  chargers: readonly ChargerSocket[],
  state: string,
  reached: number,
): Promise<number> {
  partners.taken.length = 0;
  const [seconds] = await Promise.all([
    pushesOf(partners, smallSites * reached),
    ...chargers.map((one) => one.call('StatusNotification', statusNotification(state, Date.now()))),
  ]);
  return seconds;
}

/** A site whose first charger is connected. */
async function connectSite(
  stack: BenchStack,
  tariffId: string,
  name: string,
  size: readonly [chargers: number, connectors: Parameters<typeof addSite>[4]],
): Promise<ChargerSocket> {
  const [first] = await addSite(stack, tariffId, name, ...size);
  if (first === undefined) throw new Error('No charger was registered.');
  const charger = await connectCharger(stack.chargers, first);
  await charger.call('BootNotification', bootNotification);
  await charger.call('StatusNotification', statusNotification('Available', Date.now()));
  return charger;
}

/** The pushes that a status of one charger leads to. */
async function pushesAfter(
  stack: BenchStack,
  partners: BenchPartners,
  charger: ChargerSocket,
  state: string,
): Promise<readonly TakenPush[]> {
  await stack.drained();
  partners.taken.length = 0;
  await charger.call('StatusNotification', statusNotification(state, Date.now()));
  await stack.drained();
  return [...partners.taken];
}

/** 20 partners who see 10,000 connectors: the calls after one change, and what a partner that is dead costs the others. */
export async function measureManyPartners(
  stack: BenchStack,
  partners: BenchPartners,
  tariffId: string,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  const large = await connectSite(stack, tariffId, 'large-0', [
    chargersPerSite,
    connectorsPerCharger,
  ]);
  for (let n = 1; n < sites; n += 1) {
    await addSite(stack, tariffId, `large-${n}`, chargersPerSite, connectorsPerCharger);
  }
  const small: ChargerSocket[] = [];
  for (let n = 0; n < smallSites; n += 1) {
    small.push(await connectSite(stack, tariffId, `small-${n}`, [1, 1]));
  }
  await stack.drained();
  const all = `${partnersInAll} partners, ${connectors.toLocaleString('en')} connectors`;
  progress(`Roaming: ${all}`);
  const others = Array.from({ length: partnersInAll - 1 }, (_, at) => at + 1);
  await registerPartners(stack, partners, others);
  // A partner gets a location whole with the first change that it is sent; from then on only what changed.
  await pushesAfter(stack, partners, large, 'Unavailable');
  const sent = await pushesAfter(stack, partners, large, 'Faulted');
  const repeated = await pushesAfter(stack, partners, large, 'Faulted');

  progress('Roaming: a partner that never answers');
  await changeAll(partners, small, 'Unavailable', partnersInAll);
  await stack.drained();
  const healthy = await changeAll(partners, small, 'Available', partnersInAll);
  await stack.drained();
  partners.silence(partnersInAll - 1);
  const delayed = await changeAll(partners, small, 'Faulted', partnersInAll - 1);
  for (const charger of [large, ...small]) await charger.close();
  return [
    atMost(`${all}: calls after one status`, partnersInAll, sent.length, {
      unit: 'calls',
      note: sent.every(({ method }) => method === 'PATCH') ? 'of the EVSE alone' : 'not all PATCH',
    }),
    atMost(`${all}: the largest of them`, 200, Math.max(...sent.map(({ bytes }) => bytes)), {
      unit: 'bytes',
    }),
    atMost(`${all}: calls after the same status again`, 0, repeated.length, { unit: 'calls' }),
    atMost(
      `${smallSites} changes at ${partnersInAll - 1} partners, while one never answers`,
      // Two workers of this machine, until each has learnt that the partner does not answer; on AWS twenty at a time.
      4 * attemptSeconds,
      delayed,
      {
        unit: 's',
        note: `${healthy.toFixed(2)} s when all answer; an attempt waits ${attemptSeconds} s`,
      },
    ),
  ];
}
