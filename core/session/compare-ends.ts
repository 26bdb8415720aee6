import type { Anomaly } from '../metering/model/anomaly.ts';
import { anomalyOf } from '../metering/model/anomaly-codes.ts';
import { ownTokenOf } from './present-token.ts';
import type { Session, SessionStart, SessionStop } from './session.ts';

/** Tells whether two starts say the same, whenever each was received. */
export const sameStart = (a: SessionStart, b: SessionStart): boolean =>
  a.startedAt === b.startedAt &&
  a.meterStart === b.meterStart &&
  ownTokenOf(a).toUpperCase() === ownTokenOf(b).toUpperCase();

/** Tells whether two stops say the same, whenever each was received. */
export const sameStop = (a: SessionStop, b: SessionStop): boolean =>
  a.endedAt === b.endedAt &&
  a.meterStop === b.meterStop &&
  a.reason === b.reason &&
  a.tokenId === b.tokenId;

const detailOf = (register: number | undefined, word: string): string =>
  `The other one says ${register === undefined ? 'no register' : `${register} Wh`}, ${word}.`;

/** The anomaly of a start that is not used because another one is. */
export const secondStart = ({ startedAt, meterStart, tokenId }: SessionStart): Anomaly =>
  anomalyOf('SECOND_START', startedAt, detailOf(meterStart, tokenId));

/** The anomaly of a stop that is not used because another one is. */
export const secondStop = ({ endedAt, meterStop, reason }: SessionStop): Anomaly =>
  anomalyOf('SECOND_STOP', endedAt, detailOf(meterStop, reason));

/** The anomaly of a start that arrived after the CDR of its session was decided or sealed. */
export const lateStart = ({ startedAt, meterStart, tokenId }: SessionStart): Anomaly =>
  anomalyOf(
    'LATE_START',
    startedAt,
    `It says ${meterStart === undefined ? 'no register' : `${meterStart} Wh`}, ${tokenId}.`,
  );

/** The anomaly of a session whose charger gave the id of its transaction to another one, too. */
export const reusedId = ({ start, stop }: Pick<Session, 'start' | 'stop'>): Anomaly =>
  anomalyOf('TRANSACTION_ID_REUSED', start?.startedAt ?? stop?.endedAt);
