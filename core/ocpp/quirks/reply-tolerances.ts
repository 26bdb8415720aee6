import { loneItem } from './coercions/lone-item.ts';
import { numberInText } from './coercions/number-in-text.ts';
import { numericText } from './coercions/numeric-text.ts';
import { otherForText } from './coercions/other-for-text.ts';
import { truthInText } from './coercions/truth-in-text.ts';
import { unreadableDetail } from './coercions/unreadable-detail.ts';
import { nullProperty } from './repairs/null-property.ts';
import type { Tolerances } from './tolerances.ts';
import { emptyList } from './tolerated-violations/empty-list.ts';
import { extraProperty } from './tolerated-violations/extra-property.ts';
import { longAnswer } from './tolerated-violations/long-answer.ts';
import { missingDetail } from './tolerated-violations/missing-detail.ts';
import { nonstandardTimestamp } from './tolerated-violations/nonstandard-timestamp.ts';
import { unknownStatus } from './tolerated-violations/unknown-status.ts';

/** Of answers to requests of ours what leaves no doubt about yes or no, in every version. */
export const ofReplies: Tolerances = {
  repairs: [nullProperty],
  coercions: [numericText, numberInText, truthInText, otherForText, unreadableDetail, loneItem],
  toleratedViolations: [
    emptyList,
    extraProperty,
    longAnswer,
    missingDetail,
    unknownStatus,
    nonstandardTimestamp,
  ],
  flags: [],
};
