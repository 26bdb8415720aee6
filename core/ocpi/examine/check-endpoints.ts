import type { Endpoint } from '../model/credentials.ts';
import type { PartnerCheck } from './partner-check.ts';

const nameOf = ({ identifier, role }: Endpoint): string =>
  role === undefined ? identifier : `${identifier} (${role.toLowerCase()})`;

/** Compares the endpoints that a partner names now with those that were kept when it registered: one that moved is called in vain. */
export function checkEndpoints(
  kept: readonly Endpoint[],
  offered: readonly Endpoint[],
): PartnerCheck {
  const urls = new Map(offered.map((one) => [nameOf(one), one.url]));
  const known = new Set(kept.map(nameOf));
  const gone = kept.filter((one) => !urls.has(nameOf(one))).map((one) => `${nameOf(one)} is gone`);
  const moved = kept
    .filter((one) => urls.has(nameOf(one)) && urls.get(nameOf(one)) !== one.url)
    .map((one) => `${nameOf(one)} has moved`);
  const added = offered.filter((one) => !known.has(nameOf(one)));
  const changes = [...gone, ...moved, ...added.map((one) => `${nameOf(one)} is new`)];
  return changes.length === 0
    ? { name: 'endpoints', ok: true, detail: `${kept.length} endpoints, as when it registered` }
    : {
        name: 'endpoints',
        ok: false,
        detail: `${changes.join(', ')} since it registered; POST …/rotate reads them again`,
      };
}
