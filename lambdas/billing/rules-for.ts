import type { CdrRules } from '../../core/cdr/compute/cdr-from-readings.ts';
import { decodeMessage } from '../../core/ocpp/decode-message.ts';
import type { Session } from '../../core/session/session.ts';
import { priceSession } from '../../core/tariff/price-session.ts';

/** The rules by which the CDR of a session is made: its messages are read as its protocol has them. */
export const rulesFor = ({ protocol }: Pick<Session, 'protocol'>): CdrRules => ({
  read: (reading) => decodeMessage(protocol, reading),
  price: priceSession,
});
