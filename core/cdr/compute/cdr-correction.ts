import type { DecidedBy } from './cdr-decision.ts';

/** An operator's wish about a sealed CDR: bill the session by another tariff, or bill nothing of it. */
export type CorrectionChoice =
  | {
      readonly kind: 'tariff';
      readonly reason: string;
      readonly tariffId: string;
      /** Absent: the version that was in force at the start of the session. */
      readonly tariffVersion?: number;
    }
  | { readonly kind: 'credit'; readonly reason: string };

/** A correction with when and by whom it was ordered. */
export type CdrCorrection = CorrectionChoice & {
  /** Our clock, ISO 8601 in UTC. */
  readonly decidedAt: string;
  readonly decidedBy: DecidedBy;
};

/** The correction that a CDR is priced by, with the CDR that was credited for it. Later CDRs of the session keep the tariff and say so. */
export type PricedCorrection = Extract<CdrCorrection, { kind: 'tariff' }> & {
  readonly cdrId: string;
};

/** True when two corrections come to the same, whoever ordered them and whenever. */
export const sameCorrection = (a: CorrectionChoice, b: CorrectionChoice): boolean =>
  a.kind === b.kind && a.reason === b.reason && tariffOf(a) === tariffOf(b);

const tariffOf = (choice: CorrectionChoice): string =>
  choice.kind === 'credit' ? '' : `${choice.tariffId} ${choice.tariffVersion ?? ''}`;
