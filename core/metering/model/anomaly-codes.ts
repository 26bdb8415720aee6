import type { Anomaly, Severity } from './anomaly.ts';

type Meaning = { readonly severity: Severity; readonly message: string };

/**
 * Every anomaly that a session, its readings or its CDR can have: how much it matters and what it means.
 * docs/errors.md lists the same codes.
 */
export const anomalyCodes = {
  // Numbers and units.
  VALUE_COMMA_DECIMAL: ['info', 'A value was written with a decimal comma.'],
  VALUE_UNPARSEABLE: ['error', 'An energy value is not a number.'],
  NO_VALUE: [
    'warning',
    'A register shows a number that chargers send for "unknown"; it was ignored.',
  ],
  VALUE_IGNORED: [
    'warning',
    'A value other than energy is not a number, or does not say what it is of, and was ignored.',
  ],
  EMPTY_SAMPLE: ['info', 'A meter reading contained no value.'],
  UNIT_MISMATCH: [
    'warning',
    'A value carried the unit of another quantity; the usual unit of its quantity was assumed.',
  ],
  UNIT_UNKNOWN: ['error', 'An energy value has a non-energy unit and was ignored.'],
  UNIT_KWH_AS_WH: [
    'error',
    'The register counts kWh but is labelled Wh: other readings, or the power that vehicles draw, are 1000 times higher.',
  ],
  UNIT_WH_AS_KWH: [
    'error',
    'The register counts Wh but is labelled kWh: other readings, or the measured power, are 1000 times lower.',
  ],
  // Timestamps.
  TS_EPOCH: ['warning', "The charger's clock was not set; the time of receipt is used."],
  TS_NO_TZ: ['info', 'A timestamp had no time zone and was read in the time zone of the charger.'],
  TS_NONSTANDARD: ['info', 'A timestamp is not in ISO 8601 format, but its meaning is clear.'],
  TS_UNPARSEABLE: ['warning', 'A timestamp cannot be read; the time of receipt is used.'],
  TS_FUTURE: [
    'warning',
    'A timestamp was more than 5 minutes in the future; the time of receipt is used.',
  ],
  TS_CONST_OFFSET: [
    'warning',
    "The charger's clock is wrong by a constant offset; its timestamps were shifted.",
  ],
  CLOCK_JUMPED: [
    'error',
    "The charger's clock was set during the session; for messages before that, the time of receipt is used.",
  ],
  TIME_NEGATIVE: ['error', 'The session ends before it starts.'],
  BEFORE_COMMISSIONING: ['error', 'The session is dated before its charger was commissioned.'],
  BEFORE_REGISTRATION: [
    'error',
    'The session is dated more than two years before its charger was registered.',
  ],
  BEFORE_PREVIOUS_SESSION: [
    'error',
    'The session is dated before the end of another one, whose register it continues.',
  ],
  ENDS_IN_FUTURE: ['error', 'The session was pushed before it ended.'],
  // Which values belong together.
  PHASE_AS_TOTAL: [
    'info',
    'Energy was reported for a single phase only and was taken as the total.',
  ],
  PHASE_REPEATS_TOTAL: [
    'info',
    'Every phase reports the same energy, which was taken as the total.',
  ],
  LOCATION_RANKED: [
    'info',
    'Energy was reported for several locations; the one nearest to the outlet is used.',
  ],
  BEGIN_REPEATED: ['info', 'The start reading was sent again later and counts once, at the start.'],
  CONTEXT_MISLABELLED: [
    'warning',
    'Several different readings are labelled as start or end; they are ordered by their time.',
  ],
  DUP_CONFLICT: ['warning', 'Two readings with the same time differ; the larger one is used.'],
  OUTSIDE_TX: ['info', 'A reading from before the start or after the stop was ignored.'],
  SEQ_GAP: [
    'error',
    'Numbered messages of this session are missing; what they measured is unknown.',
  ],
  SEQ_REPEATED: [
    'warning',
    'The charger gave different messages of this session the same number; all of them count.',
  ],
  // Behaviour of the register.
  REG_SESSION_RELATIVE: [
    'info',
    'The readings count from zero at the start of the session; they were added to the start register.',
  ],
  TWO_COUNTERS: [
    'info',
    'The charger reported two registers of the same energy in turn; they were read as one.',
  ],
  REG_JITTER: ['info', 'The register went back by at most 10 Wh, which counts as no energy.'],
  REG_DROPOUT: [
    'warning',
    'The register dropped briefly and recovered; the low readings were ignored.',
  ],
  REG_SPIKE: [
    'warning',
    'The register jumped briefly and came back; the high readings were ignored.',
  ],
  REG_ROLLOVER: ['info', 'The register passed its highest value and continued from zero.'],
  REG_RESET: ['error', 'The register was reset to zero during the session; energy may be missing.'],
  REG_DECREASE: ['error', 'The register decreased during the session; energy may be missing.'],
  REG_JUMP: [
    'error',
    'The register rose by more than the charger can deliver; that rise was not counted.',
  ],
  REG_CONTINUITY_GAP: [
    'warning',
    'The start register differs from the end of the previous session on this connector.',
  ],
  METER_ENDS_DISAGREE: [
    'warning',
    'The start or stop message and the reading at that time differ by more than 1 Wh.',
  ],
  START_REGISTER_MISSING: [
    'warning',
    'The start register is unknown; energy is counted from the first reading.',
  ],
  STOP_REGISTER_MISSING: [
    'warning',
    'The stop register is unknown; energy is counted up to the last reading.',
  ],
  METER_ENDS_MISSING: [
    'error',
    'The register at the start or the stop is unknown, or both are, and much of the energy may be missing.',
  ],
  REG_START_CONTRADICTED: [
    'error',
    'The start register is below the end of the previous session, and the register leaps to where that session ended.',
  ],
  // Energy of the session.
  ENERGY_CONTRADICTED: [
    'error',
    'Other readings of the session contradict the energy that the register shows.',
  ],
  ENERGY_UNPROVEN: [
    'error',
    'No reading shows the energy between start and stop, and it is more than a charger of unknown power is expected to deliver.',
  ],
  INTERVAL_INCOMPLETE: ['error', 'Energy was reported per interval, and intervals are missing.'],
  POWER_ONLY: ['error', 'No energy was measured; energy estimated from power must not be billed.'],
  POWER_GAP: ['info', 'Power was not measured for more than 15 minutes.'],
  POWER_ENERGY_MISMATCH: ['warning', 'Measured power and measured energy contradict each other.'],
  CURRENT_ENERGY_MISMATCH: [
    'warning',
    'Measured current and measured energy contradict each other.',
  ],
  ENERGY_EXCEEDS_PHYSICAL: [
    'error',
    'The energy exceeds what the charger can deliver in that time.',
  ],
  SIGNED_MISMATCH: ['warning', 'Signed and unsigned energy differ; the signed energy is used.'],
  ENERGY_STATED: [
    'info',
    'The energy was stated by the third party that pushed the session; no meter reading shows it.',
  ],
  ZERO_ENERGY: ['info', 'No energy was delivered.'],
  NO_METER_DATA: ['error', 'No reading shows how much energy was delivered.'],
  // Signed values.
  SIGNED_INVALID: ['error', 'The signature of a signed value is invalid.'],
  SIGNED_UNVERIFIED: ['info', 'A signed value was stored but could not be verified.'],
  SIGNED_NO_PAIR: ['warning', 'The verified signed values contain no start and stop to bill by.'],
  SIGNED_METER_FAULT: ['error', 'The meter reports that its energy measurement is not usable.'],
  SIGNED_OUTSIDE_SESSION: [
    'error',
    'The signed start and stop are genuine, but they belong to another session, or may do.',
  ],
  SIGNED_REQUIRED: [
    'error',
    'The tariff requires signed values, and there is no verified signed start and stop.',
  ],
  SIGNED_TIME_UNTRUSTED: [
    'error',
    'The tariff charges by time, and the signed times are not reliable enough for that.',
  ],
  SIGNED_COURSE_MISSING: [
    'error',
    'The energy price changed during the session, and no signed value shows how much energy falls under each price.',
  ],
  // Course of the session.
  STOP_WITHOUT_START: ['error', 'The session has a stop, but its start never arrived.'],
  SECOND_START: [
    'error',
    'A second, different start of this session arrived; the first one is used.',
  ],
  TRANSACTION_ID_REUSED: [
    'warning',
    'The charger gave the id of this transaction to another one, too; the messages of each are known by their times.',
  ],
  TRANSACTIONS_MIXED: [
    'error',
    'The charger gave the id of this transaction to another one, too, and it is not certain which messages belong to which.',
  ],
  SECOND_STOP: [
    'warning',
    'A second, different stop of this session arrived; the first one is used.',
  ],
  STOPS_CONTRADICT: [
    'error',
    'The stops of this session state registers that are further apart than a tenth of its energy and 100 Wh.',
  ],
  SESSION_SUPERSEDED: [
    'error',
    'The session was never stopped: another session started on its connector.',
  ],
  SESSION_ABANDONED: [
    'error',
    'The session was never stopped and was closed because no message arrived for too long.',
  ],
  STOP_MISSING: [
    'warning',
    'No stop of this session arrived while its connector was available or in another session; its readings bill it.',
  ],
  ENDED_BY_OPERATOR: [
    'warning',
    'An operator ended this session by hand, as its stop had not come; its readings until then bill it.',
  ],
  LATE_START: [
    'warning',
    'A start of this session arrived after its CDR was decided or sealed and was not used.',
  ],
  LATE_STOP: [
    'error',
    'A stop that arrived after the CDR was decided or sealed states a register that is further from its stop than a tenth of its energy and 100 Wh; the CDR remains as it is.',
  ],
  UNUSABLE_MESSAGE: [
    'warning',
    'A message of this session cannot be used; it is stored as evidence.',
  ],
  EVIDENCE_TOO_LARGE: [
    'error',
    'The charger sent more messages for this session than are stored or measured; the rest was not counted.',
  ],
  READINGS_GUESSED: [
    'warning',
    'Readings carried an impossible transaction id and were attributed to the session on their connector.',
  ],
  STOP_UNREADABLE: [
    'error',
    'The stop of this session cannot be read; its end time and stop register are unknown.',
  ],
  SEVERAL_TRANSACTIONS: [
    'error',
    'Messages of this session carry several transaction ids that the charger made up; some may be about another session.',
  ],
  STOP_GUESSED: [
    'warning',
    'The stop named no transaction and was attributed to the only session it can belong to.',
  ],
  CONNECTOR_UNKNOWN: [
    'warning',
    'The session started on a connector that its charger does not have.',
  ],
  TOKEN_NOT_ACCEPTED: ['warning', 'The token was not accepted when the session started.'],
  // Promo codes and tariff validity.
  PROMO_CODE_NOT_APPLIED: ['info', "The promo code of the session's token was not applied."],
  TARIFF_NOT_VALID: [
    'warning',
    'The tariff was not valid when the session started; it was used nevertheless.',
  ],
  // The charger's own doing, of which its session alone has the anomalies.
  CHARGER_COST_DIFFERS: [
    'warning',
    'The charger calculated another cost of the session than its CDR states; the CDR counts.',
  ],
  CHARGER_COST_FAILED: ['info', 'The charger could not calculate the cost of the session itself.'],
  CHARGING_TIME_DIFFERS: [
    'warning',
    'The charger says that energy flowed for less time than the CDR has charging time; the CDR counts.',
  ],
  CHARGER_LIMIT_REACHED: ['info', 'The charger reached a limit that was set for the session.'],
  TERMINAL_PAYMENT_DIFFERS: [
    'warning',
    'The charger settled another amount at its own terminal than the CDR states.',
  ],
  // Messages that arrived after the CDR was sealed.
  LATE_READINGS: [
    'info',
    'Readings arrived after the CDR was sealed; they do not change the bill.',
  ],
  LATE_READINGS_UNCLEAR: [
    'error',
    'Readings that could change the bill arrived after the CDR was sealed, but an automatic correction is not possible; the CDR remains as it is.',
  ],
  CDR_CORRECTED: [
    'info',
    'Readings that change the bill arrived after the CDR was sealed; it was credited and replaced by a new CDR.',
  ],
  // Corrections that an operator ordered.
  TARIFF_CORRECTED: [
    'info',
    'An operator had the session billed by another tariff; its CDR was credited and replaced by a new CDR.',
  ],
  CDR_CREDITED: ['info', 'An operator had the CDR credited; nothing is billed of the session.'],
  CORRECTION_FAILED: [
    'warning',
    'A correction that an operator ordered could not be carried out; the CDR remains as it is.',
  ],
  // Reasons why the CDR cannot be sealed.
  UNAUTHORIZED_ENERGY: ['error', 'Energy was delivered to a token that was not accepted.'],
  UNAUTHORIZED_PRICE: [
    'error',
    'A token that was not accepted would be charged although no energy was delivered.',
  ],
  SESSION_TOO_LONG: ['error', 'The session lasted longer than the operator allows.'],
  PRICE_TOO_HIGH: ['error', 'The price is higher than the operator allows.'],
  NO_TARIFF: [
    'error',
    'Neither the charger nor its location or operator had a tariff when the session started.',
  ],
  SESSION_NOT_ENDED: ['error', 'The session has not ended.'],
} as const satisfies Record<string, readonly [Severity, string]>;

/** The name of an anomaly, as in docs/errors.md. */
export type AnomalyCode = keyof typeof anomalyCodes;

/** The severity and message of a code. */
export const anomalyMeaning = (code: AnomalyCode): Meaning => {
  const [severity, message] = anomalyCodes[code];
  return { severity, message };
};

/** Characters of a charger's own words in an anomaly: what it repeats is in the message that it is about. */
const mostOfRef = 100;
const mostOfDetail = 400;

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;

/** An anomaly by its code; `ref` names the reading or event, `detail` is a sentence appended to the message. */
export const anomalyOf = (code: AnomalyCode, ref?: string, detail?: string): Anomaly => {
  const { severity, message } = anomalyMeaning(code);
  return {
    code,
    severity,
    message: detail === undefined ? message : `${message} ${shortened(detail, mostOfDetail)}`,
    ...(ref !== undefined && { ref: shortened(ref, mostOfRef) }),
  };
};
