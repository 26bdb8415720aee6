import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { advanceCampaign } from '../../core/firmware/advance-campaign.ts';
import { isAtRest, type RunningAttempt } from '../../core/firmware/campaign.ts';
import type { FirmwareVerdict } from '../../core/firmware/firmware-verdict.ts';
import { isWindowOpen } from '../../core/firmware/is-window-open.ts';
import { lookPause } from '../../core/firmware/look-pause.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { isCharging } from '../store/chargers/connectors.ts';
import { keepCampaign, readCampaign, type StoredCampaign } from '../store/files/campaigns.ts';
import type { Sender } from './sender.ts';
import { updateCharger } from './update-charger.ts';

/** Chargers that are looked at at once. */
const width = 10;

/** Does something for each, some at a time, and gives the results in their order. */
async function forEach<In, Out>(
  all: readonly In[],
  work: (one: In) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  for (let from = 0; from < all.length; from += width) {
    results.push(...(await Promise.all(all.slice(from, from + width).map(work))));
  }
  return results;
}

async function verdictsOf(
  sender: Sender,
  stored: StoredCampaign,
  attempts: readonly RunningAttempt[],
): Promise<ReadonlyMap<string, FirmwareVerdict>> {
  const verdicts = await forEach(
    attempts,
    async (one) => [one.chargerId, await updateCharger(sender, stored, one)] as const,
  );
  return new Map(verdicts);
}

/** Chargers of the next wave that charge now. More than two waves are not looked at: others have their turn after the next look. */
async function chargingOf({ database }: Sender, { operatorId, campaign }: StoredCampaign) {
  const { rules, waiting } = campaign;
  if (rules.evenIfCharging) return new Set<string>();
  const next = waiting.slice(0, 2 * rules.waveSize);
  const found = await forEach(next, async ({ chargerId }) => {
    const charges = await isCharging(database, chargerKeyOf(operatorId, chargerId));
    return charges ? [chargerId] : [];
  });
  return new Set([
    ...found.flat(),
    ...waiting.slice(next.length).map(({ chargerId }) => chargerId),
  ]);
}

/** Changes by others that a look may meet before it is tried again later. */
const mostAttempts = 5;

/**
 * Looks at the chargers of a campaign and moves it on. The message about the next look is sent before the change is written, so that
 * a run that breaks off leaves at least one; what comes twice finds that its look is over.
 */
export async function lookAtCampaign(
  sender: Sender,
  message: Extract<CommandMessage, { readonly kind: 'campaign' }>,
): Promise<void> {
  const { operatorId, campaignId, look } = message;
  for (let n = 0; n < mostAttempts; n += 1) {
    const stored = await readCampaign(sender.database, operatorId, campaignId);
    if (stored === undefined || look < stored.look || isAtRest(stored.campaign)) return;
    if ((await moveOn(sender, stored, message)) === 'kept') return;
  }
  throw new Error('A campaign is being changed again and again');
}

async function moveOn(
  sender: Sender,
  stored: StoredCampaign,
  message: Extract<CommandMessage, { readonly kind: 'campaign' }>,
): Promise<'kept' | 'changed'> {
  const now = sender.now();
  const { rules, inFlight } = stored.campaign;
  const campaign = advanceCampaign(stored.campaign, {
    now: new Date(now).toISOString(),
    verdicts: await verdictsOf(sender, stored, inFlight),
    charging: await chargingOf(sender, stored),
    isOpen: isWindowOpen(rules.window, now),
  });
  const { since: _givenUp, ...here } = message;
  const look = message.look + 1;
  if (!isAtRest(campaign)) await sender.send({ ...here, look }, lookPause(campaign, now));
  const next = { ...stored, campaign, look };
  if ((await keepCampaign(sender.database, next)) === 'changed') return 'changed';
  // Those of a wave that has just begun get their commands; where this breaks off, the next look makes them.
  const known = new Set(inFlight.map(({ startedAt }) => startedAt));
  await verdictsOf(
    sender,
    next,
    campaign.inFlight.filter(({ startedAt }) => !known.has(startedAt)),
  );
  return 'kept';
}
