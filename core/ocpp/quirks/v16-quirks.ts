import { combinedIdTag } from './combined-id-tag.ts';
import { connectorZero } from './connector-zero.ts';
import { emptySamples } from './empty-samples.ts';
import { emptyVendor } from './empty-vendor.ts';
import { extraProperty } from './extra-property.ts';
import { fractionalRegister } from './fractional-register.ts';
import { gluedPhase } from './glued-phase.ts';
import { longBootField } from './long-boot-field.ts';
import { longIdTag } from './long-id-tag.ts';
import { longText } from './long-text.ts';
import { missingConnector } from './missing-connector.ts';
import { missingIdTag } from './missing-id-tag.ts';
import { missingRegister } from './missing-register.ts';
import { missingSamples } from './missing-samples.ts';
import { missingTimestamp } from './missing-timestamp.ts';
import { missingTransactionId } from './missing-transaction-id.ts';
import { nonstandardTimestamp } from './nonstandard-timestamp.ts';
import { nullProperty } from './null-property.ts';
import { numericIdTag } from './numeric-id-tag.ts';
import { numericText } from './numeric-text.ts';
import { numericValue } from './numeric-value.ts';
import { placeholderTransactionId } from './placeholder-transaction-id.ts';
import type { Forgiveness, Mend, Notice, Salvage } from './quirk.ts';
import { signedWithoutFormat } from './signed-without-format.ts';
import { singleForList } from './single-for-list.ts';
import { statusWithoutTimestamp } from './status-without-timestamp.ts';
import { textNumber } from './text-number.ts';
import { transactionMessages } from './transaction-messages.ts';
import { unknownWord } from './unknown-word.ts';
import { unreadableProperty } from './unreadable-property.ts';
import { unreadableSample } from './unreadable-sample.ts';
import { unreadableTransactionId } from './unreadable-transaction-id.ts';

/** Repairs of OCPP 1.6 transaction messages, in the order in which they are tried; a later one may rely on an earlier one. */
export const v16Mends: readonly Mend[] = [
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

/** What is made of values of a wrong type in transaction messages; the first that fits is taken. */
export const v16Salvages: readonly Salvage[] = [numericText, unreadableProperty];

/** Rules of the official OCPP 1.6 schemas that transaction messages may break. */
export const v16Forgivenesses: readonly Forgiveness[] = [
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

/** What valid OCPP 1.6 payloads do not mean as they say. */
export const v16Notices: readonly Notice[] = [
  placeholderTransactionId,
  connectorZero,
  statusWithoutTimestamp,
  emptyVendor,
  emptySamples,
  signedWithoutFormat,
];

/** What may be done for a message of OCPP 1.6 so that it can be read. */
type Tolerances = {
  readonly mends: readonly Mend[];
  readonly salvages: readonly Salvage[];
  readonly forgivenesses: readonly Forgiveness[];
};

const ofTransactions: Tolerances = {
  mends: v16Mends,
  salvages: v16Salvages,
  forgivenesses: v16Forgivenesses,
};

/** Of all other messages only what real chargers are known to break: else nobody would learn of their faults. */
const ofOthers: Tolerances = {
  mends: [combinedIdTag],
  salvages: [],
  forgivenesses: [longBootField, longIdTag, longText, extraProperty, nonstandardTimestamp],
};

/** The tolerances for an action. */
export const v16TolerancesOf = (action: string): Tolerances =>
  transactionMessages.includes(action) ? ofTransactions : ofOthers;
