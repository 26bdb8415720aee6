const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as events of API Gateway carry it besides the epoch: `09/Apr/2026:18:03:58 +0000`, UTC. */
export function requestTime(epochMilliseconds: number): string {
  const iso = new Date(epochMilliseconds).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
