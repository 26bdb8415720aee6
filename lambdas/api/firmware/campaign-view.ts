import type * as z from 'zod';
import { campaignCounts } from '../../../core/firmware/campaign-counts.ts';
import type { StoredCampaign } from '../../store/files/campaigns.ts';
import type { CampaignSchema } from './campaign-form.ts';

/** Shows a campaign with its progress. */
export function campaignView({
  campaignId,
  firmwareId,
  version,
  campaign,
  createdAt,
}: StoredCampaign): z.output<typeof CampaignSchema> {
  const { state, rules, waiting, inFlight, ended } = campaign;
  return {
    campaignId,
    firmwareId,
    version,
    state,
    createdAt,
    rules: { ...rules },
    ...campaignCounts(campaign),
    waiting: waiting.length,
    inFlight: inFlight.map((one) => ({ ...one })),
    ended: ended.map((one) => ({ ...one })),
  };
}
