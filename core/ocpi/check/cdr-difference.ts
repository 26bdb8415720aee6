import { differByMore, differenceOf } from '../common/decimal-text.ts';

/** The thing about a CDR that does not agree. */
export type DifferenceCode =
  | 'TOTAL_EXCL_VAT'
  | 'TOTAL_INCL_VAT'
  | 'ENERGY_COST'
  | 'TIME_COST'
  | 'PARKING_COST'
  | 'FIXED_COST'
  | 'PARTS_OF_TOTAL'
  | 'ENERGY_OF_PERIODS'
  | 'TIME_OF_PERIODS'
  | 'PARKING_TIME_OF_PERIODS'
  | 'TIME_OF_SESSION'
  | 'PERIODS_OUTSIDE'
  | 'SESSION_ENERGY'
  | 'SESSION_COST'
  | 'SESSION_CURRENCY'
  | 'SESSION_TOKEN'
  | 'SESSION_PLACE'
  | 'SESSION_BILLED_BEFORE'
  | 'SESSION_AMBIGUOUS'
  | 'TOKEN_UNKNOWN'
  | 'CREDIT_WITHOUT_CDR'
  | 'CREDIT_REPEATED'
  | 'CREDIT_REFERENCE'
  | 'CREDIT_TOTAL'
  | 'CREDIT_CURRENCY'
  | 'CREDIT_TOKEN';

/** A named difference between a CDR and what it ought to say. */
export type CdrDifference = {
  readonly code: DifferenceCode;
  /** The field, in our names; `pathInWords` has it in those of the partner. */
  readonly path: string;
  readonly stated: string;
  readonly expected: string;
  /** Stated less expected, in the currency of the CDR, in kWh or in hours; absent for other things. */
  readonly amount?: string;
};

/** The difference of two numbers, if it is more than rounding explains. */
export const numberDifference = (
  code: DifferenceCode,
  path: string,
  stated: string | undefined,
  expected: string | undefined,
  tolerance: string,
): readonly CdrDifference[] =>
  stated === undefined || expected === undefined || !differByMore(stated, expected, tolerance)
    ? []
    : [{ code, path, stated, expected, amount: differenceOf(stated, expected) }];

/** The difference of two texts, of which identifiers are compared without regard to case. */
export const textDifference = (
  code: DifferenceCode,
  path: string,
  stated: string,
  expected: string,
): readonly CdrDifference[] =>
  stated.toUpperCase() === expected.toUpperCase() ? [] : [{ code, path, stated, expected }];
