import type { Session } from '../../session/session.ts';
import { isKnownRegister } from '../../session/stop-registers.ts';

/** Anomalies that may arise before or after the CDR is computed and are shown on the session only. */
const ofSessionAlone: ReadonlySet<string> = new Set([
  'SECOND_STOP',
  'LATE_START',
  'LATE_STOP',
  'TRANSACTION_ID_REUSED',
]);

/** The session as its CDR sees it, whenever that is made. */
export const billedSession = ({ stopRegisters, ...session }: Session): Session => ({
  ...session,
  ...(stopRegisters && mayContradict(stopRegisters, session.stop) && { stopRegisters }),
  anomalies: session.anomalies.filter(({ code }) => !ofSessionAlone.has(code)),
});

/** Stops that agree leave no trace in a CDR: they may also come after it. One that states no register agrees with none. */
const mayContradict = (
  { lowest, highest }: NonNullable<Session['stopRegisters']>,
  stop: Session['stop'],
): boolean => highest - lowest > 100 || !isKnownRegister(stop?.meterStop);
