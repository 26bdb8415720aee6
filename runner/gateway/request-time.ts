const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Hundreds of events of a second have the same text.
let last = { second: Number.NaN, text: '' };

/** A time as events of API Gateway carry it besides the epoch: `09/Apr/2026:18:03:58 +0000`, UTC. */
export function requestTime(epochMilliseconds: number): string {
  const second = Math.floor(epochMilliseconds / 1000);
  if (second !== last.second) last = { second, text: textOf(second) };
  return last.text;
}

function textOf(second: number): string {
  const iso = new Date(second * 1000).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
