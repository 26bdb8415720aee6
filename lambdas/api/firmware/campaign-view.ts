import type * as z from 'zod';
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
  const endedAs = (wanted: string): number =>
    ended.filter(({ outcome }) => outcome === wanted).length;
  return {
    campaignId,
    firmwareId,
    version,
    state,
    createdAt,
    rules: { ...rules },
    total: waiting.length + inFlight.length + ended.length,
    waiting: waiting.length,
    installed: endedAs('installed'),
    failed: endedAs('failed'),
    skipped: endedAs('skipped'),
    inFlight: inFlight.map((one) => ({ ...one })),
    ended: ended.map((one) => ({ ...one })),
  };
}
