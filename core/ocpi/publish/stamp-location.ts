import { canonicalJson } from '../../cdr/seal/canonical-json.ts';
import type { PartnerConnector } from '../model/connector.ts';
import type { PartnerEvse } from '../model/evse.ts';
import type { PartnerLocation } from '../model/location.ts';

type Stamped = { readonly lastUpdated: string };

/** The facts of a thing without those of its parts and without the time of its last change, as text to compare. */
const ownFacts = ({ lastUpdated: _, ...facts }: Stamped, parts: 'evses' | 'connectors' | '' = '') =>
  canonicalJson({ ...facts, [parts]: undefined });

const latest = (times: readonly string[]): string => times.toSorted().at(-1) ?? '';

/** The time of the last change of a thing: what it was, unless its own facts changed now, and never before that of its parts. */
function changedAt<T extends Stamped>(
  before: T | undefined,
  after: T,
  parts: 'evses' | 'connectors' | '',
  partTimes: readonly string[],
  now: string,
): string {
  if (before === undefined) return latest([after.lastUpdated, ...partTimes]);
  const isSame = ownFacts(before, parts) === ownFacts(after, parts);
  return latest([isSame ? before.lastUpdated : now, ...partTimes]);
}

/** Parts in the order in which partners know them, new ones last: another order is no change. */
function inKnownOrder<T>(known: readonly string[], parts: readonly T[], idOf: (part: T) => string) {
  const knownPosition = (part: T): number => {
    const at = known.indexOf(idOf(part));
    return at < 0 ? known.length : at;
  };
  return parts.toSorted((a, b) => knownPosition(a) - knownPosition(b));
}

/** A part that is not there any more changes its owner too. */
const areGone = (before: readonly string[], after: readonly string[]): boolean =>
  before.some((id) => !after.includes(id));

function stampEvse(
  before: PartnerEvse | undefined,
  after: PartnerEvse,
  isAtKnownLocation: boolean,
  now: string,
): PartnerEvse {
  const ids = (before?.connectors ?? []).map(({ id }) => id);
  const ordered = inKnownOrder(ids, after.connectors, ({ id }) => id);
  const connectors = ordered.map((connector): PartnerConnector => {
    const known = before?.connectors.find(({ id }) => id === connector.id);
    // One that is new at a location that partners know changes now, whenever it was registered.
    const isNew = isAtKnownLocation && known === undefined;
    return { ...connector, lastUpdated: isNew ? now : changedAt(known, connector, '', [], now) };
  });
  const isGone = areGone(
    ids,
    connectors.map(({ id }) => id),
  );
  const times = [...connectors.map(({ lastUpdated }) => lastUpdated), ...(isGone ? [now] : [])];
  return {
    ...after,
    connectors,
    lastUpdated: changedAt(before, after, 'connectors', times, now),
  };
}

/** EVSEs are never deleted: one that is not there any more is removed, and stays. */
const removed = (evse: PartnerEvse): PartnerEvse => ({ ...evse, status: 'REMOVED' });

/**
 * Gives a location the times of its last changes, in one cascade: what changed since partners saw it last changed now, and so did
 * what it is part of; nothing else. EVSEs that are gone stay as removed. Undefined where nothing changed at all. Times are ISO
 * 8601 in UTC with milliseconds.
 */
export function stampLocation(
  before: PartnerLocation | undefined,
  after: PartnerLocation,
  now: string,
): PartnerLocation | undefined {
  const known = new Map((before?.evses ?? []).map((evse) => [evse.uid, evse]));
  const present = new Set(after.evses.map(({ uid }) => uid));
  const gone = (before?.evses ?? []).filter(({ uid }) => !present.has(uid)).map(removed);
  const all = [...after.evses, ...gone];
  const evses = inKnownOrder([...known.keys()], all, ({ uid }) => uid).map((evse) => {
    const seen = known.get(evse.uid);
    const stamped = stampEvse(seen, evse, before !== undefined, now);
    return before !== undefined && seen === undefined ? { ...stamped, lastUpdated: now } : stamped;
  });
  const times = evses.map(({ lastUpdated }) => lastUpdated);
  const stamped = {
    ...after,
    evses,
    lastUpdated: changedAt(before, after, 'evses', times, now),
  };
  return before !== undefined && canonicalJson(before) === canonicalJson(stamped)
    ? undefined
    : stamped;
}
