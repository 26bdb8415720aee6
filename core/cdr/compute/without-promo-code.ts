import type { CdrContent, CdrSessionFacts } from '../model/cdr.ts';

/**
 * A CDR as it would be had its session no promo code, nor its token: the price is that of the tariff alone, to the last
 * place. This is what a roaming partner sees: what an operator gives its own customers does not concern the partner's
 * business.
 */
export const withoutPromoCode = ({
  beforePromoCode,
  lines,
  anomalies,
  evidence,
  ...content
}: CdrContent): CdrContent => {
  const { promoCode: _given, ...basis } = evidence.basis;
  return {
    ...content,
    ...beforePromoCode,
    lines: lines.filter(({ component }) => component !== 'PROMO_CODE'),
    anomalies: anomalies.filter(({ code }) => code !== 'PROMO_CODE_NOT_APPLIED'),
    evidence: { ...evidence, session: withoutTokenCode(evidence.session), basis },
  };
};

const withoutTokenCode = (session: CdrSessionFacts): CdrSessionFacts => {
  if (session.start === undefined) return session;
  const { promoCode: _carried, ...start } = session.start;
  return { ...session, start };
};
