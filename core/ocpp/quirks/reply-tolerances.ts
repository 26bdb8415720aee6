import { numericText } from './coercions/numeric-text.ts';
import { nullProperty } from './repairs/null-property.ts';
import type { Tolerances } from './tolerances.ts';
import { emptyList } from './tolerated-violations/empty-list.ts';
import { extraProperty } from './tolerated-violations/extra-property.ts';
import { longAnswer } from './tolerated-violations/long-answer.ts';
import { nonstandardTimestamp } from './tolerated-violations/nonstandard-timestamp.ts';
import { unknownStatus } from './tolerated-violations/unknown-status.ts';

/** Of answers to requests of ours what leaves no doubt about yes or no, in every version. */
export const ofReplies: Tolerances = {
  repairs: [nullProperty],
  coercions: [numericText],
  toleratedViolations: [emptyList, extraProperty, longAnswer, unknownStatus, nonstandardTimestamp],
  flags: [],
};
