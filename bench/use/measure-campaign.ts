import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { askApi } from '../../clients/operator-api.ts';
import { type Campaign, isAtRest } from '../../core/firmware/campaign.ts';
import { lookPause, lookPauses } from '../../core/firmware/look-pause.ts';
import {
  keepCampaign,
  readCampaign,
  type StoredCampaign,
} from '../../lambdas/store/files/campaigns.ts';
import { noteFirmwareUploaded, readFirmware } from '../../lambdas/store/files/firmware.ts';
import { toItem } from '../../lambdas/store/table/item.ts';
import { campaignKey } from '../../lambdas/store/table/keys/file-keys.ts';
import { itemBytes } from '../aws-bill/item-bytes.ts';
import { prices } from '../aws-bill/prices.ts';
import { type StepUsage, sumOf, total } from '../aws-bill/step-usage.ts';
import { type AnsweringCharger, connectAnsweringCharger } from '../charger/answering-charger.ts';
import type { Credentials } from '../charger/charger-socket.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { benchChargerId } from '../stack/register-chargers.ts';

const fleet = 10_000;
/** The most chargers of one campaign, and the smallest and the largest wave that is usual. */
const [mostChargers, usualWave, largestWave] = [2_000, 10, 100];
/** Seconds that a charger takes to download a firmware, to install it and to boot. */
const updateSeconds = 600;
/** Requests a second that a new table on demand takes, and write units that one of its partitions does. */
const tableReads = 12_000;
const partitionWrites = 1_000;

type Measured = {
  readonly looks: number;
  readonly requests: number;
  /** Of them, those that read. */
  readonly reads: number;
  /** Write units on partitions of neither the charger nor the campaign. */
  readonly shared: number;
};

const requestsOf = (steps: readonly StepUsage[]): number =>
  total(steps, 'writeRequests') + total(steps, 'readRequests');

async function uploadedFirmware({ access, database, operatorId }: BenchStack, version: string) {
  const file = { version, fileName: 'charger.bin', bytes: 1, sha256: '0'.repeat(64) };
  const { firmwareId } = await askApi<{ firmwareId: string }>(access, 'POST', '/firmware', file);
  const stored = await readFirmware(database, operatorId, firmwareId);
  if (stored === undefined) throw new Error('No firmware was registered.');
  await noteFirmwareUploaded(database, stored, new Date().toISOString());
  return firmwareId;
}

/** Waits until a campaign is as it should be; what is read here is not counted. */
async function campaignThat(
  { database, operatorId }: BenchStack,
  campaignId: string,
  isThere: (stored: StoredCampaign) => boolean,
): Promise<StoredCampaign> {
  for (let n = 0; n < 600; n += 1) {
    const stored = await readCampaign(database, operatorId, campaignId);
    if (stored !== undefined && isThere(stored)) return stored;
    await sleep(100);
  }
  throw new Error('A campaign does not come on.');
}

/** A campaign of one charger, which says that it has the firmware after some looks. */
async function runCampaign(
  stack: BenchStack,
  charger: AnsweringCharger,
  chargerId: string,
  looks: number,
): Promise<Measured> {
  const version = `2.${looks}`;
  const firmwareId = await uploadedFirmware(stack, version);
  const seen = { looks: Number.NaN };
  const used = await stack.countDuring(async () => {
    const chargers = { chargerIds: [chargerId] };
    const campaign = { firmwareId, chargers };
    const { access } = stack;
    const path = '/firmware-campaigns';
    const asked = charger.answered('UpdateFirmware');
    const begun = await askApi<{ campaignId: string }>(access, 'POST', path, campaign);
    // A boot before it was asked is no proof.
    await asked;
    await campaignThat(stack, begun.campaignId, ({ look }) => look >= looks);
    for (const status of ['Downloaded', 'Installed']) {
      charger.say('FirmwareStatusNotification', { status });
    }
    const model = { chargePointVendor: 'Bench', chargePointModel: 'One' };
    charger.say('BootNotification', { ...model, firmwareVersion: version });
    const { look } = await campaignThat(stack, begun.campaignId, (one) => isAtRest(one.campaign));
    seen.looks = look;
  });
  const others = used.usages.filter(
    ({ key = '' }) => !key.includes(chargerId) && !key.includes(' CAMPAIGN#'),
  );
  return {
    ...seen,
    requests: requestsOf(used.steps),
    reads: total(used.steps, 'readRequests'),
    shared: sumOf(others, 'write'),
  };
}

/** A campaign of the most chargers when it has ended. */
function endedCampaign(at: string): Campaign {
  return {
    state: 'finished',
    rules: {
      waveSize: usualWave,
      maxFailedPercent: 20,
      retries: 0,
      hoursPerCharger: 24,
      evenIfCharging: false,
    },
    waiting: [],
    inFlight: [],
    ended: Array.from({ length: mostChargers }, (_, index) => ({
      chargerId: benchChargerId(index),
      attempt: 1,
      outcome: 'installed',
      at,
    })),
    countedFrom: 0,
  };
}

/** Bytes of the item of the largest campaign. */
async function largestItem({ database, operatorId }: BenchStack): Promise<number> {
  const at = new Date().toISOString();
  const campaignId = 'cmp_largest';
  const facts = { campaignId, operatorId, firmwareId: 'fw', version: '2', createdAt: at };
  await keepCampaign(database, { ...facts, campaign: endedCampaign(at), look: 0, revision: 0 });
  const Key = toItem(campaignKey(operatorId, campaignId));
  const { Item = {} } = await database.client.send(
    new GetItemCommand({ TableName: database.state, Key }),
  );
  return itemBytes(Item);
}

/** The looks at a wave of which every charger takes as long. */
function looksDuring(seconds: number): number {
  const startedAt = new Date(0).toISOString();
  const inFlight = [{ chargerId: 'one', attempt: 1, startedAt }];
  let looks = 0;
  for (let now = 0; now < seconds * 1000; now += lookPause({ inFlight }, now) * 1000) looks += 1;
  return looks + 1;
}

/** The usage of firmware campaigns: of one charger, and of a fleet in campaigns that run side by side. */
export async function measureCampaign(
  stack: BenchStack,
  credentials: Credentials,
): Promise<readonly Row[]> {
  const { chargerId } = credentials;
  const charger = await connectAnsweringCharger(stack.chargers, credentials);
  // The first one loads what later ones find.
  await runCampaign(stack, charger, chargerId, 1);
  const few = await runCampaign(stack, charger, chargerId, 2);
  const more = await runCampaign(stack, charger, chargerId, 6);
  await charger.close();
  const ofLook = (name: 'requests' | 'reads'): number =>
    (more[name] - few[name]) / (more.looks - few.looks);
  const looks = looksDuring(updateSeconds);
  const requests = few.requests + (looks - few.looks) * ofLook('requests');
  const units = Math.ceil((await largestItem(stack)) / 1024);
  const campaigns = fleet / mostChargers;
  const waves = mostChargers / usualWave;
  const writes = waves * looks * units;
  const all = `${fleet} chargers in ${campaigns} firmware campaigns`;
  return [
    atMost('A firmware campaign: requests to update a charger alone', 150, requests, {
      unit: 'requests',
      digits: 0,
      note: `${looks} looks at it in ${updateSeconds / 60} minutes`,
    }),
    atMost(
      `${all}: reads, in waves of ${largestWave}`,
      tableReads,
      (campaigns * largestWave * ofLook('reads')) / lookPauses.least,
      { unit: 'a second' },
    ),
    atMost(`${all}: write units on one partition`, partitionWrites, units / lookPauses.least, {
      unit: 'a second',
      note: `${units} units for each look at ${mostChargers} chargers`,
    }),
    atMost(`${all}: write units on partitions that chargers share`, 0, more.shared - few.shared, {
      unit: 'units a look',
    }),
    atMost(
      `${all}: list price, in waves of ${usualWave}`,
      0.001,
      (writes * prices.dynamodbWrite.usd) / mostChargers +
        requests * Math.max(prices.dynamodbRead.usd, prices.dynamodbWrite.usd),
      { unit: 'USD a charger', digits: 5 },
    ),
  ];
}
