import { sameId } from '../model/same-id.ts';
import { type SessionOfCdr, sessionOfCdr } from './session-of-cdr.ts';
import { type CdrVisit, isOneVisit, touches, type Visit, type Visits } from './visit.ts';

const isSameSession = (a: SessionOfCdr, b: SessionOfCdr): boolean | undefined =>
  a.kind === 'one' && b.kind === 'one' ? sameId(a.id, b.id) : undefined;

/** CDRs that bill the same charging as another, by the partner's ids: of the same session, or of the same visit where one of them names none. */
export const sameCharging = (cdr: CdrVisit, { sessions, cdrs }: Visits): readonly string[] => {
  const own = sessionOfCdr(cdr, sessions);
  return cdrs
    .filter((one) => !one.isCredit && !sameId(one.id, cdr.id))
    .filter((one) => isSameSession(own, sessionOfCdr(one, sessions)) ?? isOneVisit(cdr, one))
    .map(({ id }) => id)
    .toSorted();
};

/** Whether a CDR is held against what it touches: it does not name its session, or not the CDR that it takes back. */
const isUnnamed = (visit: Visit | CdrVisit): boolean =>
  'isCredit' in visit &&
  (visit.sessionId === undefined || (visit.isCredit && visit.creditOf === undefined));

/** Whether a CDR names a session, or another CDR the same one, wherever that was. */
const isNamedBy = (visit: Visit | CdrVisit, other: Visit | CdrVisit): boolean => {
  if (!('isCredit' in visit) || visit.sessionId === undefined) return false;
  const named = 'isCredit' in other ? other.sessionId : other.id;
  return named !== undefined && sameId(visit.sessionId, named);
};

const mayDepend = (a: Visit, b: Visit): boolean =>
  isNamedBy(a, b) || isNamedBy(b, a) || ((isUnnamed(a) || isUnnamed(b)) && touches(a, b));

/** The CDRs that a session or CDR touches, and those that they touch in turn, by the partner's ids: the verdict on each may depend on it. */
export const touchedCdrs = (visit: Visit, { sessions, cdrs }: Visits): readonly string[] => {
  const touched: Visit[] = [visit];
  let open: readonly Visit[] = [...sessions, ...cdrs];
  for (const one of touched) {
    touched.push(...open.filter((other) => mayDepend(one, other)));
    open = open.filter((other) => !mayDepend(one, other));
  }
  return cdrs.filter((one) => touched.includes(one)).map(({ id }) => id);
};
