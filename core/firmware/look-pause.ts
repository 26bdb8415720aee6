import type { Campaign } from './campaign.ts';

/** Seconds between two looks at a campaign, at least and at most. */
export const lookPauses = { least: 10, most: 300 } as const;

/**
 * Seconds until the next look at a campaign, at `now` (milliseconds since 1970): soon after a wave has begun, and ever more rarely while
 * it goes on.
 */
export function lookPause({ inFlight }: Pick<Campaign, 'inFlight'>, now: number): number {
  const [first] = inFlight;
  if (first === undefined) return lookPauses.most;
  const quarter = (now - Date.parse(first.startedAt)) / 4000;
  return Math.min(lookPauses.most, Math.max(lookPauses.least, quarter));
}
