import { instant } from './instant.ts';
import { localTime } from './local-time.ts';

const millisecondsOfDay = 86_400_000;

/** The date of a time (ISO 8601) in a time zone, `YYYY-MM-DD`. */
export function localDate(iso: string, zone: string): string {
  const { day } = localTime(instant(BigInt(Date.parse(iso))), zone);
  return new Date(day * millisecondsOfDay).toISOString().slice(0, 10);
}
