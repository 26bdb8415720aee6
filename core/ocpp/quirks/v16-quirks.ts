import { numericText } from './coercions/numeric-text.ts';
import { unreadableProperty } from './coercions/unreadable-property.ts';
import { connectorZero } from './flags/connector-zero.ts';
import { emptySamples } from './flags/empty-samples.ts';
import { emptyVendor } from './flags/empty-vendor.ts';
import { impossibleConnector } from './flags/impossible-connector.ts';
import { placeholderTransactionId } from './flags/placeholder-transaction-id.ts';
import { signedWithoutFormat } from './flags/signed-without-format.ts';
import { statusWithoutTimestamp } from './flags/status-without-timestamp.ts';
import type { Coercion, Repair, Tolerance } from './quirk.ts';
import { combinedIdTag } from './repairs/combined-id-tag.ts';
import { fractionalRegister } from './repairs/fractional-register.ts';
import { gluedPhase } from './repairs/glued-phase.ts';
import { missingConnector } from './repairs/missing-connector.ts';
import { missingIdTag } from './repairs/missing-id-tag.ts';
import { missingSamples } from './repairs/missing-samples.ts';
import { nullProperty } from './repairs/null-property.ts';
import { numericIdTag } from './repairs/numeric-id-tag.ts';
import { numericValue } from './repairs/numeric-value.ts';
import { singleForList } from './repairs/single-for-list.ts';
import { textNumber } from './repairs/text-number.ts';
import { unreadableSample } from './repairs/unreadable-sample.ts';
import { unreadableTransactionId } from './repairs/unreadable-transaction-id.ts';
import { ofReplies } from './reply-tolerances.ts';
import type { Tolerances } from './tolerances.ts';
import { extraProperty } from './tolerated-violations/extra-property.ts';
import { longBootField } from './tolerated-violations/long-boot-field.ts';
import { longIdTag } from './tolerated-violations/long-id-tag.ts';
import { longText } from './tolerated-violations/long-text.ts';
import { missingRegister } from './tolerated-violations/missing-register.ts';
import { missingTimestamp } from './tolerated-violations/missing-timestamp.ts';
import { missingTransactionId } from './tolerated-violations/missing-transaction-id.ts';
import { nonstandardTimestamp } from './tolerated-violations/nonstandard-timestamp.ts';
import { unknownErrorCode } from './tolerated-violations/unknown-error-code.ts';
import { unknownWord } from './tolerated-violations/unknown-word.ts';

/** Repairs of OCPP 1.6 transaction messages, in the order in which they are tried; a later one may rely on an earlier one. */
export const v16Repairs: readonly Repair[] = [
  numericValue,
  nullProperty,
  singleForList,
  missingSamples,
  textNumber,
  fractionalRegister,
  unreadableTransactionId,
  numericIdTag,
  combinedIdTag,
  missingConnector,
  missingIdTag,
  gluedPhase,
  unreadableSample,
];

/** Conversions of values of a wrong type in transaction messages; the first that fits is used. */
export const v16Coercions: readonly Coercion[] = [numericText, unreadableProperty];

/** Rules of the official OCPP 1.6 schemas that transaction messages may break. */
export const v16ToleratedViolations: readonly Tolerance[] = [
  longBootField,
  longIdTag,
  longText,
  extraProperty,
  unknownWord,
  nonstandardTimestamp,
  missingTimestamp,
  missingRegister,
  missingTransactionId,
];

const ofTransactions: Tolerances = {
  repairs: v16Repairs,
  coercions: v16Coercions,
  toleratedViolations: v16ToleratedViolations,
  flags: [],
};

/** Of all other messages only what real chargers are known to break: else nobody would learn of their faults. */
const ofOthers: Tolerances = {
  repairs: [nullProperty, combinedIdTag],
  coercions: [],
  toleratedViolations: [longBootField, longIdTag, longText, extraProperty, nonstandardTimestamp],
  flags: [],
};

const byAction: Readonly<Record<string, Tolerances>> = {
  StartTransaction: { ...ofTransactions, flags: [impossibleConnector] },
  MeterValues: {
    ...ofTransactions,
    flags: [
      placeholderTransactionId,
      connectorZero,
      impossibleConnector,
      emptySamples,
      signedWithoutFormat,
    ],
  },
  StopTransaction: {
    ...ofTransactions,
    flags: [placeholderTransactionId, emptySamples, signedWithoutFormat],
  },
  BootNotification: { ...ofOthers, flags: [emptyVendor] },
  StatusNotification: {
    ...ofOthers,
    toleratedViolations: [...ofOthers.toleratedViolations, unknownErrorCode],
    flags: [statusWithoutTimestamp, impossibleConnector],
  },
};

/** The tolerances for an action, or for an answer of a charger, as in `Reset.conf`. */
export const v16TolerancesOf = (action: string): Tolerances =>
  action.endsWith('.conf')
    ? ofReplies
    : Object.hasOwn(byAction, action)
      ? (byAction[action] ?? ofOthers)
      : ofOthers;
