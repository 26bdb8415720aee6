import { optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord } from '../codec/word.ts';
import { cdrTokenOf } from '../common/cdr-token.ts';
import { price230 } from '../common/price.ts';
import type { PartnerSession } from '../model/session.ts';
import { sessionMembers221 } from '../v221/session.ts';

/** Translates a session into 2.3.0 and back. */
export const { to: toSession230, from: fromSession230 } = pairOf(
  record<PartnerSession>({
    ...sessionMembers221,
    cdrToken: required('cdr_token', cdrTokenOf(openWord)),
    totalCost: optional('total_cost', price230),
  }),
);
