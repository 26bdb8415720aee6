import { hash } from 'node:crypto';
import type { CdrRules } from '../../core/cdr/compute/cdr-rules.ts';
import type { Session } from '../../core/session/session.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import type { DecodeMessage } from './decode-once.ts';

const sha256 = (text: string): string => hash('sha256', text);

/** The rules by which the CDR of a session is made: its messages are read as its protocol has them. */
export const rulesFor = (
  { protocol }: Pick<Session, 'protocol'>,
  decode: DecodeMessage,
): CdrRules => ({
  read: (message) => decode(protocol, message),
  price: priceSession,
  digest: sha256,
});
