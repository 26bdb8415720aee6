import type { CdrRules } from '../../core/cdr/cdr-from-readings.ts';
import { understand } from '../../core/ocpp/understand.ts';
import type { Session } from '../../core/session/session.ts';
import { priceSession } from '../../core/tariff/price-session.ts';

/** The rules by which the CDR of a session is made: its messages are read as its protocol has them. */
export const rulesFor = ({ protocol }: Pick<Session, 'protocol'>): CdrRules => ({
  read: (reading) => understand(protocol, reading),
  price: priceSession,
});
