import type { Session } from '../../session/session.ts';

/** What may come before or after the CDR is made, and shows on the session alone. */
const ofSessionAlone: ReadonlySet<string> = new Set(['SECOND_STOP', 'LATE_START']);

/** The session as its CDR sees it, whenever that is made. */
export const billedSession = (session: Session): Session => ({
  ...session,
  anomalies: session.anomalies.filter(({ code }) => !ofSessionAlone.has(code)),
});
