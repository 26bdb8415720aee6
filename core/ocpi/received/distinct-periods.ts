import { toKeptText } from '../codec/kept-text.ts';
import type { PartnerSession } from '../model/session.ts';

/**
 * A session with each of its charging periods once. A PATCH adds periods: one that is sent again adds none, nor does a partner that
 * sends all of them each time.
 */
export const withDistinctPeriods = (session: PartnerSession): PartnerSession => {
  const byText = new Map(session.chargingPeriods.map((period) => [toKeptText(period), period]));
  return byText.size === session.chargingPeriods.length
    ? session
    : { ...session, chargingPeriods: [...byText.values()] };
};
