const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago something was, in its largest unit: `3 d`, `5 h`, `12 min`. Times of the future are `0 min`. */
export function ageText(since: string, now: string): string {
  const age = Math.max(0, Date.parse(now) - Date.parse(since));
  if (age >= 2 * day) return `${Math.floor(age / day)} d`;
  if (age >= 2 * hour) return `${Math.floor(age / hour)} h`;
  return `${Math.floor(age / minute)} min`;
}
