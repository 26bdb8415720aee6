import { type Campaign, resumeCampaign, stopCampaign } from '../../../core/firmware/campaign.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { faultOfCertificate } from '../../connection/fault-of-certificate.ts';
import { done, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { newId } from '../../runtime/new-id.ts';
import {
  keepCampaign,
  listCampaigns,
  readCampaign,
  type StoredCampaign,
} from '../../store/files/campaigns.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { CampaignForm, CampaignSchema } from './campaign-form.ts';
import { campaignView } from './campaign-view.ts';
import { type Candidate, chosenChargers, mostChargers } from './chosen-chargers.ts';
import { ownFirmware } from './own-firmware.ts';

/** A new campaign: chargers that have the version already are skipped. */
function campaignOf(
  { firmwareId: _firmware, chargers: _chosen, ...rules }: CampaignForm,
  candidates: readonly Candidate[],
  version: string,
  at: string,
): Campaign {
  const has = ({ boot }: Candidate): boolean => boot?.firmwareVersion === version;
  return {
    state: 'running',
    rules: omitUndefined(rules),
    waiting: candidates
      .filter((one) => !has(one))
      .map(({ chargerId }) => ({ chargerId, attempt: 1 })),
    inFlight: [],
    ended: candidates
      .filter(has)
      .map(({ chargerId }) => ({ chargerId, attempt: 0, outcome: 'skipped', at })),
    countedFrom: 0,
  };
}

/** Seconds after which a campaign is looked at whose request broke off. */
const laterSeconds = 60;

/**
 * Has a campaign looked at: before it is written, so that one whose request breaks off then is not forgotten, and at once when it is. What
 * comes twice finds that its look is over.
 */
const lookAt = async (
  { sendCommandMessage }: Caller,
  { operatorId, campaignId, look }: StoredCampaign,
  when: 'later' | 'now',
) => {
  const seconds = when === 'later' ? laterSeconds : 0;
  await sendCommandMessage({ kind: 'campaign', operatorId, campaignId, look }, seconds);
};

/** Changes by the chargers that an order of the operator may meet. */
const mostAttempts = 10;

/** Orders a campaign to stop or to go on. */
async function order(caller: Caller, campaignId: string, change: (campaign: Campaign) => Campaign) {
  for (let n = 0; n < mostAttempts; n += 1) {
    const stored = await readCampaign(caller.database, caller.operatorId, campaignId);
    if (stored === undefined) return refused('CAMPAIGN_NOT_FOUND');
    const ordered = { ...stored, campaign: change(stored.campaign) };
    await lookAt(caller, ordered, 'later');
    if ((await keepCampaign(caller.database, ordered)) === 'changed') continue;
    // Where looks have ended, this one begins them.
    await lookAt(caller, ordered, 'now');
    return done(campaignView(ordered));
  }
  throw new Error('The campaign is being changed again and again');
}

/** The calls about campaigns: one firmware for many chargers. */
export const campaignRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/firmware-campaigns',
    summary:
      'Starts a campaign: chargers get a firmware in waves; it is paused when more of them failed than it allows.',
    scope: 'firmware:write',
    body: CampaignForm,
    example: { firmwareId: 'fw_4k2q7x3m5n6p8r9s', chargers: { vendor: 'ACME', model: 'Box 22' } },
    status: 201,
    response: CampaignSchema,
    errors: [
      'FIRMWARE_NOT_FOUND',
      'FIRMWARE_NOT_UPLOADED',
      'CERTIFICATE_UNREADABLE',
      'CERTIFICATE_EXPIRED',
      'CERTIFICATE_NOT_YET_VALID',
      'CHARGER_NOT_FOUND',
      'CAMPAIGN_TOO_LARGE',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const { database, operatorId, now } = caller;
      const firmware = await ownFirmware(caller, body.firmwareId);
      if (firmware === undefined) return refused('FIRMWARE_NOT_FOUND');
      if (firmware.uploadedAt === undefined) return refused('FIRMWARE_NOT_UPLOADED');
      const { signed } = firmware;
      const fault = signed && faultOfCertificate(signed.certificate, Date.parse(now));
      if (fault !== undefined) {
        return refused(fault.code, [{ path: 'body.firmwareId', message: fault.message }]);
      }
      const candidates = await chosenChargers(caller, body.chargers);
      if (candidates === undefined) return refused('CHARGER_NOT_FOUND');
      if (candidates.length > mostChargers) return refused('CAMPAIGN_TOO_LARGE');
      const { firmwareId, version } = firmware;
      const campaign = campaignOf(body, candidates, version, now);
      const facts = { campaignId: newId('cmp'), operatorId, firmwareId, version, createdAt: now };
      const stored: StoredCampaign = { ...facts, campaign, look: 0, revision: 0 };
      const answer = campaignView(stored);
      await lookAt(caller, stored, 'later');
      const kept = await keepCampaign(database, stored, keptPart(keepAnswer, answer));
      if (kept === 'changed') return refused('IDEMPOTENCY_KEY_REUSED');
      await lookAt(caller, stored, 'now');
      return done(answer);
    },
  }),
  listRoute({
    path: '/firmware-campaigns',
    summary: 'Lists campaigns by id.',
    scope: 'firmware:read',
    item: CampaignSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listCampaigns(database, operatorId, page);
      return { items: items.map(campaignView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/firmware-campaigns/{campaignId}',
    summary: 'Returns a campaign with its progress.',
    scope: 'firmware:read',
    response: CampaignSchema,
    errors: ['CAMPAIGN_NOT_FOUND'],
    run: async ({ database, operatorId }, { path }) => {
      const stored = await readCampaign(database, operatorId, path.campaignId);
      return stored === undefined ? refused('CAMPAIGN_NOT_FOUND') : done(campaignView(stored));
    },
  }),
  route({
    method: 'POST',
    path: '/firmware-campaigns/{campaignId}/stop',
    summary: 'Stops a campaign: chargers that were asked already go on, no other is.',
    scope: 'firmware:write',
    response: CampaignSchema,
    errors: ['CAMPAIGN_NOT_FOUND'],
    run: async (caller, { path }) => await order(caller, path.campaignId, stopCampaign),
  }),
  route({
    method: 'POST',
    path: '/firmware-campaigns/{campaignId}/resume',
    summary: 'Resumes a campaign that was paused or stopped; failures so far no longer count.',
    scope: 'firmware:write',
    response: CampaignSchema,
    errors: ['CAMPAIGN_NOT_FOUND'],
    run: async (caller, { path }) => await order(caller, path.campaignId, resumeCampaign),
  }),
];
