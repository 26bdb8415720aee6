import { instant } from '../units/instant.ts';
import { localTime } from '../units/local-time.ts';
import type { CampaignRules } from './campaign.ts';

const minutesOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Says whether a time (epoch ms) is within a window of local times; one that ends before it begins crosses midnight. */
export function isWindowOpen(window: CampaignRules['window'], at: number): boolean {
  if (window === undefined) return true;
  const minute = localTime(instant(BigInt(at)), window.timeZone).timeOfDay / 60_000;
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
