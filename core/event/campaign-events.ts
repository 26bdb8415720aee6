import type { EventDraft } from './event.ts';
import type { CampaignImage } from './state-image.ts';

/** A firmware campaign that has ended, was paused or stopped, or goes on again; its begin is the answer to whoever began it. */
export function campaignEvents(
  old: CampaignImage | undefined,
  { kind: _, operatorId, ...data }: CampaignImage,
  writtenAt: string,
): readonly EventDraft[] {
  // One that has nothing to do is finished with its first look.
  if (data.state === (old?.state ?? 'running')) return [];
  const subject = { kind: 'operator', operatorId } as const;
  return [{ type: 'campaign.state_changed', subject, at: writtenAt, data }];
}
