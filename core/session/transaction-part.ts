/**
 * The part of what a charger said under one transaction id that is of one session: chargers of OCPP 2.x name their transactions
 * themselves, and some give an id that they gave before.
 */
export type TransactionPart = {
  /** The session that has the id of the transaction alone, with which the messages of all of them are stored. */
  readonly of: string;
  /** From when on the messages are of this session, by the charger's time (ISO 8601 in UTC); absent for the first one. */
  readonly from?: string;
  /** When the next transaction of that id began, from which on they are not; absent for the last one. */
  readonly until?: string;
  /** Present where the next one began on another EVSE: without a stop of this one both may have run at once. */
  readonly isBeside?: true;
  /** Present where the time of one of them is of a clock that was not set: their messages cannot be told apart by time. */
  readonly isUntimed?: true;
};

/** A start under a transaction id that has several. */
export type TransactionStart = {
  /** By the charger's time, ISO 8601 in UTC; where that is the impossible time of another one too, made its own (see timeAgain). */
  readonly at: string;
  readonly sessionId: string;
  /** 0 where the start names none. */
  readonly evseId: number;
  /** Present where the start itself says that its transaction had begun before. */
  readonly isContinued?: true;
};

/** A start with the part of its session. */
export type PartOfStart = { readonly start: TransactionStart; readonly part: TransactionPart };

/** Before this a charger's clock was not set. */
const firstYear = '2015';

const isUnset = ({ at }: TransactionStart): boolean => at < firstYear || at.includes('#');

/** The time of a start that comes, with the same impossible time, after the end of another one; later than that, and known by the receipt of that end. */
export const timeAgain = (at: string, endReceivedAt: string): string => `${at}#${endReceivedAt}`;

/** Not earlier than any start of a time. */
export const latestAt = (at: string): string => `${at}#~`;

const isElsewhere = (one: TransactionStart, other: TransactionStart): boolean =>
  one.evseId > 0 && other.evseId > 0 && one.evseId !== other.evseId;

const partAt = (of: string, starts: readonly TransactionStart[], index: number): PartOfStart[] => {
  const start = starts[index];
  if (start === undefined) return [];
  const [before, after] = [starts[index - 1], starts[index + 1]];
  const isUntimed = [before, start, after].some((one) => one !== undefined && isUnset(one));
  return [
    {
      start,
      part: {
        of,
        ...(before !== undefined && { from: start.at }),
        ...(after !== undefined && { until: after.at }),
        ...(after !== undefined && isElsewhere(start, after) && { isBeside: true }),
        ...(isUntimed && { isUntimed: true }),
      },
    },
  ];
};

/**
 * The parts of a session that began at a time, and of those right before and after it. `starts` are in the order of time, with at least
 * the two on each side, where there are any; `of` is the session that has the transaction's id alone.
 */
export const partsAround = (
  of: string,
  starts: readonly TransactionStart[],
  at: string,
): readonly PartOfStart[] => {
  const own = starts.findIndex((start) => start.at === at);
  return [own - 1, own, own + 1].flatMap((index) => partAt(of, starts, index));
};

/** True if something that a charger said at a time (ISO 8601 in UTC) is in a part. */
export const isInPart = ({ from = '', until }: TransactionPart, at: string): boolean =>
  at >= from && (until === undefined || at < until);

/** The part of a session together with those before and after it: what is another session's now may have been its own before. */
export const withNeighbours = (
  { of }: TransactionPart,
  starts: readonly TransactionStart[],
  sessionId: string,
): TransactionPart => {
  const own = starts.findIndex((start) => start.sessionId === sessionId);
  const [from, until] = [own < 2 ? undefined : starts[own - 1], starts[own + 2]];
  return { of, ...(from && { from: from.at }), ...(until && { until: until.at }) };
};
