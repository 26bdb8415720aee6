import { cdrIdOf } from '../../session/session-id.ts';

/** The parts of a CDR id: its session, its ordinal within that session, and whether it is a credit. */
export type CdrIdParts = {
  readonly sessionId: string;
  /** 1 for the first, 2 for the one that replaced it, and so on. */
  readonly number: number;
  readonly isCredit: boolean;
};

const form = /^cdr_([a-z2-7]{26})(?:-([1-9]\d{0,5}))?(-C)?$/;

/** Reads the id of a CDR; undefined for other text. */
export const readCdrId = (cdrId: string): CdrIdParts | undefined => {
  const [, digest, number, credit] = form.exec(cdrId) ?? [];
  // The first one of a session has no number.
  if (digest === undefined || number === '1') return undefined;
  return {
    sessionId: `ses_${digest}`,
    number: Number(number ?? 1),
    isCredit: credit !== undefined,
  };
};

/** The id of a session's CDR: that of the first is its session's, the second one ends with `-2`. */
export const numberedCdrId = (sessionId: string, number: number): string =>
  number === 1 ? cdrIdOf(sessionId) : `${cdrIdOf(sessionId)}-${number}`;

/** The id of the credit of a CDR; with up to 999 corrections it stays within the 36 characters of OCPI. */
export const creditIdOf = (cdrId: string): string => `${cdrId}-C`;
