import type { Session } from '../../session/session.ts';

/** Anomalies that may arise before or after the CDR is computed and are shown on the session only. */
const ofSessionAlone: ReadonlySet<string> = new Set([
  'SECOND_STOP',
  'LATE_START',
  'TRANSACTION_ID_REUSED',
]);

/** The session as its CDR sees it, whenever that is made. */
export const billedSession = (session: Session): Session => ({
  ...session,
  anomalies: session.anomalies.filter(({ code }) => !ofSessionAlone.has(code)),
});
