import { differByMore } from '../common/decimal-text.ts';
import { type CdrVisit, isOneVisit, momentOf, type Visit } from './visit.ts';

/** The session of a CDR, as far as it can be told. */
export type SessionOfCdr =
  /** By the id that the CDR names, or because only this one is the same visit. */
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'none' }
  /** Several are the same visit, and nothing tells them apart. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] };

const aMinute = 60_000n;

const isNear = (a: string | undefined, b: string | undefined): boolean => {
  if (a === undefined || b === undefined) return false;
  const apart = momentOf(a) - momentOf(b);
  return apart <= aMinute && -apart <= aMinute;
};

/** Facts by which one of several sessions is found, the strongest first. */
const signs: readonly ((cdr: CdrVisit, session: Visit) => boolean)[] = [
  (cdr, session) => isNear(cdr.startDateTime, session.startDateTime),
  (cdr, session) => isNear(cdr.endDateTime, session.endDateTime),
  (cdr, session) => !differByMore(cdr.energy.replace('-', ''), session.energy, '0.0001'),
];

/**
 * Finds the session of a CDR among those of its driver at its location. 2.1.1 has no field for it: it is the one at the same EVSE and
 * time; of several the one with the same start, end and energy.
 */
export const sessionOfCdr = (cdr: CdrVisit, sessions: readonly Visit[]): SessionOfCdr => {
  if (cdr.sessionId !== undefined) return { kind: 'one', id: cdr.sessionId };
  const candidates = sessions.filter((session) => isOneVisit(cdr, session));
  const [only, ...others] = signs.reduce((left, sign) => {
    const better = left.filter((session) => sign(cdr, session));
    return better.length === 0 ? left : better;
  }, candidates);
  if (only === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'one', id: only.id }
    : { kind: 'ambiguous', ids: [only, ...others].map(({ id }) => id).toSorted() };
};
