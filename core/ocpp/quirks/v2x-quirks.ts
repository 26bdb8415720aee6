import { numberInText } from './coercions/number-in-text.ts';
import { numericText } from './coercions/numeric-text.ts';
import { unreadableProperty } from './coercions/unreadable-property.ts';
import { gluedPhase } from './repairs/glued-phase.ts';
import { missingEvse } from './repairs/missing-evse.ts';
import { missingSamples } from './repairs/missing-samples.ts';
import { nullProperty } from './repairs/null-property.ts';
import { plainIdToken } from './repairs/plain-id-token.ts';
import { sampleWithoutNumber } from './repairs/sample-without-number.ts';
import { singleForList } from './repairs/single-for-list.ts';
import type { Tolerances } from './tolerances.ts';
import { emptyList } from './tolerated-violations/empty-list.ts';
import { extraProperty } from './tolerated-violations/extra-property.ts';
import { longField } from './tolerated-violations/long-field.ts';
import { missingBootReason } from './tolerated-violations/missing-boot-reason.ts';
import { missingSeqNo } from './tolerated-violations/missing-seq-no.ts';
import { missingTimestamp } from './tolerated-violations/missing-timestamp.ts';
import { missingTriggerReason } from './tolerated-violations/missing-trigger-reason.ts';
import { nonstandardTimestamp } from './tolerated-violations/nonstandard-timestamp.ts';
import { unknownWord } from './tolerated-violations/unknown-word.ts';
import { v2xTransactionMessages } from './transaction-messages.ts';

const ofTransactions: Tolerances = {
  repairs: [
    nullProperty,
    singleForList,
    missingSamples,
    plainIdToken,
    missingEvse,
    gluedPhase,
    sampleWithoutNumber,
  ],
  coercions: [numberInText, numericText, unreadableProperty],
  toleratedViolations: [
    longField,
    extraProperty,
    emptyList,
    unknownWord,
    nonstandardTimestamp,
    missingTimestamp,
    missingSeqNo,
    missingTriggerReason,
  ],
  flags: [],
};

/** Of all other messages only what costs nothing to read: else nobody would learn of their faults. */
const ofOthers: Tolerances = {
  repairs: [nullProperty, plainIdToken],
  coercions: [],
  toleratedViolations: [
    longField,
    extraProperty,
    emptyList,
    nonstandardTimestamp,
    missingTimestamp,
    missingBootReason,
  ],
  flags: [],
};

/** The tolerances of OCPP 2.x for an action. */
export const v2xTolerancesOf = (action: string): Tolerances =>
  v2xTransactionMessages.includes(action) ? ofTransactions : ofOthers;
