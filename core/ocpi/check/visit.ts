import { parseInstant } from '../../units/parse-instant.ts';
import { sameId } from '../model/same-id.ts';

/** A session or CDR as one visit of a driver to a location of a partner: when, where and how much. Times are ISO 8601. */
export type Visit = {
  /** The partner's id of the session or CDR. */
  readonly id: string;
  readonly startDateTime: string;
  /** Absent while the session goes on. */
  readonly endDateTime?: string;
  /** `#NA` where it names none. */
  readonly evseUid: string;
  /** kWh; negative in the credits of some partners. */
  readonly energy: string;
};

/** A CDR as a visit, with what tells it from others of the same visit. */
export type CdrVisit = Visit & {
  /** The session that it names; 2.1.1 has no field for it. */
  readonly sessionId?: string;
  readonly currency: string;
  readonly exclVat: string;
  readonly inclVat?: string;
  readonly isCredit: boolean;
  /** The CDR that a credit names; 2.1.1 has no field for it. */
  readonly creditOf?: string;
  readonly lastUpdated: string;
};

/** The sessions and CDRs of one driver at one location of a partner, a week around. */
export type Visits = { readonly sessions: readonly Visit[]; readonly cdrs: readonly CdrVisit[] };

/** A session that goes on began when its CDR did, but for the clocks of two systems. */
const clocks = 300_000n;

/** A moment as milliseconds since 1970; 0 for one that cannot be read. */
export const momentOf = (text: string): bigint => {
  const parsed = parseInstant(text);
  return parsed.kind === 'instant' ? parsed.at : 0n;
};

/** Says whether two visits may have been at one EVSE: one that names none may have been at any. */
export const samePlace = (a: Pick<Visit, 'evseUid'>, b: Pick<Visit, 'evseUid'>): boolean =>
  a.evseUid === '#NA' || b.evseUid === '#NA' || sameId(a.evseUid, b.evseUid);

/** The time of a visit in milliseconds, of one that goes on that around its start. */
const spanOf = ({ startDateTime, endDateTime }: Visit) => {
  const from = momentOf(startDateTime);
  return endDateTime === undefined
    ? { from: from - clocks, to: from + clocks }
    : { from, to: momentOf(endDateTime) };
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const latest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const overlapOf = (a: Visit, b: Visit) => {
  const [one, other] = [spanOf(a), spanOf(b)];
  return {
    overlap: least(one.to, other.to) - latest(one.from, other.from),
    shorter: least(one.to - one.from, other.to - other.from),
  };
};

/** Says whether two visits touch in place and time. */
export const touches = (a: Visit, b: Visit): boolean =>
  samePlace(a, b) && overlapOf(a, b).overlap >= 0n;

/** Says whether two visits are one by place and time: at least half of the shorter lies in both, more than clocks and rounding explain. */
export const isOneVisit = (a: Visit, b: Visit): boolean => {
  if (!samePlace(a, b)) return false;
  if (a.endDateTime === undefined || b.endDateTime === undefined) {
    const apart = momentOf(a.startDateTime) - momentOf(b.startDateTime);
    return apart <= clocks && -apart <= clocks;
  }
  const { overlap, shorter } = overlapOf(a, b);
  return overlap >= 0n && overlap * 2n >= shorter;
};
