import type { Campaign } from './campaign.ts';

/** Chargers of a campaign: all, and those with which it has ended, by outcome. */
export type CampaignCounts = {
  readonly total: number;
  readonly installed: number;
  readonly failed: number;
  readonly skipped: number;
};

/** Counts the chargers of a campaign. */
export function campaignCounts({ waiting, inFlight, ended }: Campaign): CampaignCounts {
  const endedAs = (wanted: string): number =>
    ended.filter(({ outcome }) => outcome === wanted).length;
  return {
    total: waiting.length + inFlight.length + ended.length,
    installed: endedAs('installed'),
    failed: endedAs('failed'),
    skipped: endedAs('skipped'),
  };
}
