import { setTimeout as sleep } from 'node:timers/promises';
import { callApi } from '../../clients/operator-api.ts';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { assumedSeconds } from '../aws-bill/lambda-time.ts';
import { type StepUsage, sumOf, total } from '../aws-bill/step-usage.ts';
import { connectAnsweringCharger } from '../charger/answering-charger.ts';
import type { Credentials } from '../charger/charger-socket.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack, Used } from '../stack/bench-stack.ts';
import { registerChargers } from '../stack/register-chargers.ts';
import type { CommandRace } from './command-race.ts';
import { measureCampaign } from './measure-campaign.ts';

/** Share of every delay of a queue that passes on the stack of this part. */
export const commandsWindowScale = 0.1;

/** ms after the last answer within which the deadlines of all commands have been, and a charger was looked at. */
const settled = 45_000 * commandsWindowScale;

const fleet = 10_000;
/** API Gateway ends connections after two hours: so long a fleet takes to connect again. */
const connectionSeconds = 7_200;
/** A fleet that comes back after an outage connects within a minute. */
const returnSeconds = 60;
/** Requests a second that a new table on demand takes, and units that one of its partitions does. */
const tableWrites = 4_000;
const tableReads = 12_000;
const partitionReads = 3_000;
/** Runs of the sender at once (lib/charger-edge). */
const senders = 10;

const requestsOf = (steps: readonly StepUsage[]): number =>
  total(steps, 'writeRequests') + total(steps, 'readRequests');

const setLight = async ({ access }: BenchStack, value: number): Promise<void> => {
  const wanted = { useDefaults: false, ocpp16: { LightIntensity: String(value) } };
  await callApi(access, 'PUT', '/settings/configuration', wanted);
};

/** The steps of a command; its event is counted with the events. */
const ordering = (steps: readonly StepUsage[]): readonly StepUsage[] =>
  steps.filter(({ step }) => step === 'api' || step === 'commands' || step === 'ocpp');

/** Reads of the sender: it looks at a command of a connected charger when its deadline has passed, and never before. */
const deadlineReads = (steps: readonly StepUsage[]): number =>
  total(
    steps.filter(({ step }) => step === 'commands'),
    'readRequests',
  );

/** Reads of the sender when the deadline of a command that was answered has passed. */
const deadlines = 1;

/** Commands of which the middle one counts: the API reads its keys again now and then, whatever is asked of it. */
const rounds = 5;

/** A command to a connected charger, from the call of the API on. */
async function measureCommand(
  stack: BenchStack,
  race: CommandRace,
  credentials: Credentials,
): Promise<readonly Row[]> {
  const charger = await connectAnsweringCharger(stack.chargers, credentials);
  const path = `/chargers/${credentials.chargerId}/commands`;
  const order = async (
    command: object = { type: 'clear-cache' },
    action = 'ClearCache',
  ): Promise<void> => {
    const answered = charger.answered(action);
    await callApi(stack.access, 'POST', path, command);
    await answered;
    await sleep(settled);
  };
  // The first one loads what later ones find.
  await order();
  const measure = async (isLost: boolean) => {
    race.isLost = isLost;
    const [until, after]: [number[], number[]] = [[], []];
    for (let n = 0; n < rounds; n += 1) {
      const { steps } = await stack.countDuring(async () => await order());
      until.push(requestsOf(ordering(steps)) - deadlineReads(steps));
      after.push(deadlineReads(steps));
    }
    race.isLost = false;
    return { until, after };
  };
  const usual = await measure(false);
  const lost = await measure(true);
  const secret: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const command = { type: 'set-configuration', key: 'WifiPassword', value: `a secret ${n}` };
    const { steps } = await stack.countDuring(
      async () => await order(command, 'ChangeConfiguration'),
    );
    secret.push(requestsOf(ordering(steps)) - deadlines);
  }
  await charger.close();
  const unit = 'requests';
  const note = 'the deadline that nobody needed';
  return [
    atMost('A command: from the call to the outcome', 4, median(usual.until), {
      unit,
      note: `the middle of ${rounds} commands`,
    }),
    atMost('A command that is looked for before it is written', 5, median(lost.until), {
      unit,
      note: 'the look in vain is one more',
    }),
    atMost('A command with a secret, which is not in the queue', 5, median(secret), {
      unit,
      note: 'it is read when it is sent',
    }),
    atMost('A command: after its outcome', deadlines, Math.max(...usual.after, ...lost.after), {
      unit,
      note,
    }),
  ];
}

/** One connection of a charger until everything that it starts has ended. */
async function connection(
  stack: BenchStack,
  credentials: Credentials,
  awaited: string | undefined,
): Promise<Used> {
  return await stack.countDuring(async () => {
    const charger = await connectAnsweringCharger(stack.chargers, credentials);
    if (awaited !== undefined) await charger.answered(awaited);
    await sleep(settled);
    await charger.close();
  });
}

const senderOf = ({ steps }: Used): StepUsage | undefined =>
  steps.find(({ step }) => step === 'commands');

/** The log of events: as many chunks as the events of both connections happen to fall into. */
const ofEvents = / EVENT(?:S|LOG)#/;

/** The budgets of a fleet whose desired configuration changed, from what one of its chargers used more than usually. */
function fleetRows(used: Used, usual: Used, ownKey: string): readonly Row[] {
  const more = (name: 'writeUnits' | 'readUnits'): number =>
    total(used.steps, name) - total(usual.steps, name);
  const shared = ({ usages }: Used): number =>
    sumOf(
      usages.filter(({ key }) => key !== undefined && !key.includes(ownKey) && !ofEvents.test(key)),
      'write',
    );
  const looks = used.usages.filter(({ operation }) => operation === 'BatchGetItem');
  const sender = senderOf(used);
  const seconds = sender === undefined ? Number.NaN : assumedSeconds(sender);
  const requests = requestsOf(used.steps) - requestsOf(usual.steps);
  const all = `${fleet} chargers, a setting changed`;
  return [
    atMost('A setting changed: requests to reconcile a charger', 25, requests, {
      unit: 'requests',
    }),
    atMost(
      `${all}: write units in 2 hours`,
      tableWrites,
      (fleet * more('writeUnits')) / connectionSeconds,
      {
        unit: 'a second',
      },
    ),
    atMost(
      `${all}: read units in 2 hours`,
      tableReads,
      (fleet * more('readUnits')) / connectionSeconds,
      {
        unit: 'a second',
      },
    ),
    atMost(
      `${all}: write units on partitions that chargers share`,
      0,
      shared(used) - shared(usual),
      {
        unit: 'units',
      },
    ),
    atMost(
      `${all}: reads of one partition, all connected within a minute`,
      partitionReads,
      (fleet * sumOf(looks, 'request')) / returnSeconds,
      { unit: 'units a second', note: 'a unit for each look at the desired configuration' },
    ),
    atMost(`${all}: time of the sender`, connectionSeconds, (fleet * seconds) / senders, {
      unit: 's',
      digits: 0,
      note: `${senders} runs at once`,
    }),
  ];
}

/** The usage of commands and of desired configuration. */
export async function measureCommands(
  stack: BenchStack,
  race: CommandRace,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  const [credentials] = await registerChargers(stack, 0, 1);
  if (credentials === undefined) throw new Error('No charger was registered.');
  const key = chargerKey(stack.operatorId, credentials.chargerId);
  // Its first connection is the first time that it is asked.
  await connection(stack, credentials, undefined);
  progress('A command');
  const command = await measureCommand(stack, race, credentials);
  progress('A connection, and one after a setting has changed');
  await setLight(stack, 1);
  await connection(stack, credentials, 'ChangeConfiguration');
  const usual = await connection(stack, credentials, undefined);
  await setLight(stack, 2);
  const used = await connection(stack, credentials, 'ChangeConfiguration');
  progress('A firmware campaign');
  const campaigns = await measureCampaign(stack, credentials);
  return [...command, ...fleetRows(used, usual, key), ...campaigns];
}
