import type { CdrRules } from '../../core/cdr/compute/cdr-rules.ts';
import type { Session } from '../../core/session/session.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { sha256 } from '../runtime/sha256.ts';
import type { DecodeMessage } from './decode-once.ts';

/** The rules by which the CDR of a session is made: its messages are read as its protocol has them. */
export const rulesFor = (
  { protocol }: Pick<Session, 'protocol'>,
  decode: DecodeMessage,
): CdrRules => ({
  read: (message) => decode(protocol, message),
  price: priceSession,
  digest: sha256,
});
