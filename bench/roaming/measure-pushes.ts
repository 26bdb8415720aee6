import { askApi } from '../../clients/operator-api.ts';
import { type StepUsage, total } from '../aws-bill/step-usage.ts';
import { type ChargerSocket, connectCharger } from '../charger/charger-socket.ts';
import { bootNotification, statusNotification } from '../charger/messages.ts';
import { transactionOf } from '../charger/run-session.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack, Used } from '../stack/bench-stack.ts';
import { type BenchPartners, benchPartyId } from './bench-partners.ts';
import { addSite } from './roaming-site.ts';

const hour = 3_600_000;
const driver = 'ROAMING-1';

/** The steps that show partners what changed, and push it; the event itself is counted with the events. */
const pushing = ({ steps }: Used): readonly StepUsage[] =>
  steps.filter(({ step }) => step === 'partners' || step === 'webhooks');

/** The budgets of one push, from the change of the state to what the partner acknowledged. */
function pushRows(
  what: string,
  used: Used,
  pushes: number,
  most: { requests: number; units: number },
): readonly Row[] {
  const steps = pushing(used);
  const requests = total(steps, 'writeRequests') + total(steps, 'readRequests');
  const [write, read] = [total(steps, 'writeUnits'), total(steps, 'readUnits')];
  return [
    atMost(`${what}: requests`, most.requests, requests, {
      unit: 'requests',
      note: `${pushes} ${pushes === 1 ? 'call' : 'calls'} of the partner`,
    }),
    atMost(`${what}: capacity`, most.units, write + read, {
      unit: 'units',
      note: `${write.toFixed(1)} write, ${read.toFixed(1)} read`,
    }),
  ];
}

/** Pushes the token of a driver of the first partner. */
async function haveDriver({ access }: BenchStack, partners: BenchPartners): Promise<void> {
  const party = { country_code: 'NL', party_id: benchPartyId(0) };
  const token = { ...party, uid: driver, type: 'RFID', contract_id: 'NL-P00-1', issuer: 'Bench' };
  const url = `${access.http}/ocpi/cpo/2.2.1/tokens/NL/${party.party_id}/${driver}`;
  const { status } = await fetch(url, {
    method: 'PUT',
    headers: {
      authorization: `Token ${Buffer.from(partners.tokenOf(0)).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      ...token,
      valid: true,
      whitelist: 'ALWAYS',
      last_updated: new Date().toISOString(),
    }),
  });
  if (status !== 201) throw new Error(`The token of the driver was answered with ${status}.`);
}

/** Counts an action with all that partners are sent because of it. */
async function countPushes(
  stack: BenchStack,
  partners: BenchPartners,
  action: () => Promise<unknown>,
) {
  await stack.drained();
  partners.taken.length = 0;
  const used = await stack.countDuring(async () => void (await action()));
  return { used, pushes: partners.taken.length };
}

/** Wh that each session takes. */
const energy = 11_000;

const start = (at: number, meterStart: number) => ({
  connectorId: 1,
  idTag: driver,
  meterStart,
  timestamp: new Date(at).toISOString(),
});

/** Counts the n-th session of some that follow each other, its begin and its end. */
async function countSession(
  stack: BenchStack,
  partners: BenchPartners,
  charger: ChargerSocket,
  n: number,
) {
  let transactionId = 0;
  const at = Date.now() - (sessions - n) * hour;
  const begun = await countPushes(stack, partners, async () => {
    const started = await charger.call('StartTransaction', start(at, n * energy));
    transactionId = transactionOf(started);
  });
  const timestamp = new Date(at + 0.9 * hour).toISOString();
  const stop = { transactionId, meterStop: (n + 1) * energy, timestamp };
  const ended = await countPushes(stack, partners, () => charger.call('StopTransaction', stop));
  return { begun, ended };
}

/** Sessions of which the middle one counts: on a busy machine the changes of one end may come in several batches, each with a look of its own. */
const sessions = 3;

type Counted = Awaited<ReturnType<typeof countPushes>>;

const requestsOf = ({ used }: Counted): number => {
  const steps = pushing(used);
  return total(steps, 'writeRequests') + total(steps, 'readRequests');
};

const middleOf = (counted: readonly Counted[]): Counted => {
  const ordered = counted.toSorted((a, b) => requestsOf(a) - requestsOf(b));
  const middle = ordered[Math.floor(ordered.length / 2)];
  if (middle === undefined) throw new Error('No session was counted.');
  return middle;
};

async function sessionRows(
  stack: BenchStack,
  partners: BenchPartners,
  charger: ChargerSocket,
): Promise<readonly Row[]> {
  const counted: Awaited<ReturnType<typeof countSession>>[] = [];
  for (let n = 0; n < sessions; n += 1) {
    counted.push(await countSession(stack, partners, charger, n));
  }
  const begun = middleOf(counted.map((one) => one.begun));
  const ended = middleOf(counted.map((one) => one.ended));
  return [
    ...pushRows('A session pushed to its partner', begun.used, begun.pushes, {
      requests: 21,
      units: 27,
    }),
    ...pushRows('Its end and its CDR', ended.used, ended.pushes, { requests: 62, units: 83 }),
  ];
}

/** The requests and units of what one partner is pushed: a status, a session, and its CDR. */
export async function measurePushes(
  stack: BenchStack,
  partners: BenchPartners,
  tariffId: string,
): Promise<readonly Row[]> {
  const [credentials] = await addSite(stack, tariffId, 'small', 1, 1);
  if (credentials === undefined) throw new Error('No charger was registered.');
  await haveDriver(stack, partners);
  const charger = await connectCharger(stack.chargers, credentials);
  await charger.call('BootNotification', bootNotification);
  const status = (state: string) =>
    charger.call('StatusNotification', statusNotification(state, Date.now()));
  // The first one loads what later ones find.
  await countPushes(stack, partners, () => status('Available'));
  const { used, pushes } = await countPushes(stack, partners, () => status('Faulted'));
  const rows = [
    ...pushRows('A status pushed to a partner', used, pushes, { requests: 22, units: 24 }),
    ...(await sessionRows(stack, partners, charger)),
  ];
  await charger.close();
  await askApi(stack.access, 'DELETE', `/chargers/${credentials.chargerId}`).catch(() => undefined);
  return rows;
}
