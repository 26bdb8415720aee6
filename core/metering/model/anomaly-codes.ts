import type { Anomaly, Severity } from './anomaly.ts';

type Meaning = { readonly severity: Severity; readonly message: string };

/**
 * Every anomaly that a session, its readings or its CDR can have: how much it matters and what it says.
 * docs/errors.md lists the same codes.
 */
export const anomalyCodes = {
  // How a number or a unit was written.
  VALUE_COMMA_DECIMAL: ['info', 'A measured value was written with a decimal comma.'],
  VALUE_UNPARSEABLE: ['error', 'A measured energy is not a number.'],
  NO_VALUE: [
    'warning',
    'A register shows a number that chargers send for "unknown"; it was left out.',
  ],
  VALUE_IGNORED: [
    'warning',
    'A measured value that is not energy is not a number and was left out.',
  ],
  EMPTY_SAMPLE: ['info', 'A reading came without any value.'],
  UNIT_MISMATCH: [
    'warning',
    'A value came with the unit of another quantity and was read as its own.',
  ],
  UNIT_UNKNOWN: ['error', 'An energy came in a unit that is none of energy and was left out.'],
  UNIT_KWH_AS_WH: [
    'error',
    'The register counts kWh but says Wh: the measured power is 1000 times as much.',
  ],
  UNIT_WH_AS_KWH: [
    'error',
    'The register counts Wh but says kWh: the measured power is 1000 times less.',
  ],
  // When it was measured.
  TS_EPOCH: ['warning', 'The charger did not know the time yet; the time of receipt stands in.'],
  TS_NO_TZ: ['info', 'A timestamp came without a time zone and was read as UTC.'],
  TS_NONSTANDARD: [
    'info',
    'A timestamp is not written as ISO 8601 asks, but its meaning is clear.',
  ],
  TS_UNPARSEABLE: ['warning', 'A timestamp cannot be read; the time of receipt stands in.'],
  TS_FUTURE: [
    'warning',
    'A timestamp lay more than 5 minutes in the future; the time of receipt stands in.',
  ],
  TS_CONST_OFFSET: [
    'warning',
    "The charger's clock is off by a time zone; its timestamps were shifted.",
  ],
  TIME_NEGATIVE: ['error', 'The session ends before it starts.'],
  // Which values belong together.
  PHASE_AS_TOTAL: ['info', 'Energy was given for one phase alone and was taken as the total.'],
  PHASE_REPEATS_TOTAL: [
    'info',
    'Every phase repeats the same energy, which was taken as the total.',
  ],
  LOCATION_RANKED: [
    'info',
    'Energy was given for several places; the place nearest to the vehicle outlet counts.',
  ],
  BEGIN_REPEATED: [
    'info',
    'The reading of the start was repeated later and counts once, at the start.',
  ],
  CONTEXT_MISLABELLED: [
    'warning',
    'Several different readings claim to be the start or the end; they count by their time.',
  ],
  DUP_CONFLICT: ['warning', 'Two readings of one time differ; the larger counts.'],
  OUTSIDE_TX: ['info', 'A reading from before the start or after the stop was left out.'],
  SEQ_GAP: [
    'warning',
    'A numbered message of this session is missing; what it measured is not known.',
  ],
  // What the register did.
  REG_SESSION_RELATIVE: [
    'info',
    'The readings count from zero at the start, unlike the register; they were lifted onto it.',
  ],
  TWO_COUNTERS: ['info', 'Two counters of the meter were reported in turn; they were read as one.'],
  REG_JITTER: ['info', 'The register went back by no more than 10 Wh, which counts as no energy.'],
  REG_DROPOUT: [
    'warning',
    'The register fell for a moment and came back; the low readings were left out.',
  ],
  REG_SPIKE: [
    'warning',
    'The register rose for a moment and came back; the high readings were left out.',
  ],
  REG_ROLLOVER: ['info', 'The register ran over its highest value and began at zero.'],
  REG_RESET: [
    'error',
    'The register began again at zero during the session; energy may be missing.',
  ],
  REG_DECREASE: ['error', 'The register went back during the session; energy may be missing.'],
  REG_JUMP: [
    'error',
    'The register rose more than the charger can deliver; the rise was not counted.',
  ],
  REG_CONTINUITY_GAP: [
    'warning',
    'The register at the start differs from where the previous session on this connector ended.',
  ],
  METER_ENDS_DISAGREE: [
    'warning',
    'Start or stop message and the reading of that moment differ by more than 1 Wh.',
  ],
  START_REGISTER_MISSING: [
    'warning',
    'The register at the start is unknown; energy counts from the first reading.',
  ],
  STOP_REGISTER_MISSING: [
    'warning',
    'The register at the stop is unknown; energy counts up to the last reading.',
  ],
  METER_ENDS_MISSING: [
    'error',
    'The registers at the start and at the stop are both unknown; energy may be missing.',
  ],
  REG_START_CONTRADICTED: [
    'error',
    'The register at the start is far below where the previous session ended, and the one at the stop goes on from there.',
  ],
  // What the session amounts to.
  ENERGY_CONTRADICTED: [
    'error',
    'Other readings of the session contradict the energy that the register shows.',
  ],
  INTERVAL_INCOMPLETE: ['error', 'Energy was reported by interval, and intervals are missing.'],
  POWER_ONLY: [
    'error',
    'No energy was measured; the power over time is an estimate that must not be billed.',
  ],
  POWER_GAP: ['info', 'Power was not measured for more than 15 minutes.'],
  POWER_ENERGY_MISMATCH: ['warning', 'Measured power and measured energy do not fit together.'],
  ENERGY_EXCEEDS_PHYSICAL: [
    'error',
    'The energy is more than the charger can deliver in that time.',
  ],
  SIGNED_MISMATCH: ['warning', 'Signed and unsigned energy differ; the signed one counts.'],
  ZERO_ENERGY: ['info', 'No energy was delivered.'],
  NO_METER_DATA: ['error', 'No reading says how much energy was delivered.'],
  // What its signed values are worth.
  SIGNED_INVALID: ['error', 'A signed value is not what its meter signed.'],
  SIGNED_UNVERIFIED: ['info', 'A signed value was kept, but could not be verified.'],
  SIGNED_NO_PAIR: ['warning', 'The verified signed values give no start and stop to bill by.'],
  SIGNED_METER_FAULT: [
    'error',
    'The meter itself says that the energy it measured cannot be used.',
  ],
  SIGNED_OUTSIDE_SESSION: [
    'error',
    'The signed start and stop are genuine, but not of this session.',
  ],
  SIGNED_REQUIRED: [
    'error',
    'The tariff bills signed values alone, and there is no verified start and stop.',
  ],
  SIGNED_TIME_UNTRUSTED: [
    'error',
    'The tariff prices by time, for which the signed times are not good enough.',
  ],
  SIGNED_COURSE_MISSING: [
    'error',
    'The price of energy changed during the session, and no signed value says how much fell under which price.',
  ],
  // How the session went.
  STOP_WITHOUT_START: [
    'error',
    'The session ended without ever having started: its start never arrived.',
  ],
  SECOND_START: [
    'warning',
    'A second, different start of this session arrived; the first one counts.',
  ],
  SECOND_STOP: [
    'warning',
    'A second, different stop of this session arrived; the first one counts.',
  ],
  SESSION_SUPERSEDED: [
    'error',
    'The session never ended by itself: another one started on its connector.',
  ],
  SESSION_ABANDONED: [
    'error',
    'The session never ended: nothing was heard of it for so long that it was closed.',
  ],
  LATE_START: [
    'warning',
    'A start of this session arrived after its CDR had been decided or sealed; it does not count.',
  ],
  UNUSABLE_MESSAGE: [
    'warning',
    'A message of this session cannot be used; it is kept as evidence.',
  ],
  READINGS_GUESSED: [
    'warning',
    'Readings named a transaction that cannot be and were taken as those of the session on their connector.',
  ],
  STOP_UNREADABLE: [
    'error',
    'The stop of this session cannot be read: nobody knows when and at which register it ended.',
  ],
  STOP_GUESSED: [
    'warning',
    'The stop named no transaction and was taken as that of the only session that it can be about.',
  ],
  TOKEN_NOT_ACCEPTED: ['warning', 'The token was not accepted when the session started.'],
  // What an operator gave away.
  PROMO_CODE_NOT_APPLIED: ['info', "The promo code of the session's token was not applied."],
  TARIFF_NOT_VALID: [
    'warning',
    'The tariff was not valid when the session started; it counts all the same.',
  ],
  // What came when the CDR was sealed.
  LATE_READINGS: [
    'info',
    'Readings came after the CDR was sealed; they change nothing of what is billed.',
  ],
  LATE_READINGS_UNCLEAR: [
    'error',
    'Readings came after the CDR was sealed that may change the bill, but not by themselves; the CDR stands as it is.',
  ],
  CDR_CORRECTED: [
    'info',
    'Readings came after the CDR was sealed and change the bill; it was credited, and another one stands in for it.',
  ],
  // Why the CDR cannot be sealed as it is.
  UNAUTHORIZED_ENERGY: ['error', 'Energy was delivered to a token that was not accepted.'],
  UNAUTHORIZED_PRICE: ['error', 'A token that was not accepted would pay without any energy.'],
  NO_TARIFF: ['error', 'The charger had no tariff when the session started.'],
  SESSION_NOT_ENDED: ['error', 'The session has not ended.'],
} as const satisfies Record<string, readonly [Severity, string]>;

/** The name of an anomaly, as in docs/errors.md. */
export type AnomalyCode = keyof typeof anomalyCodes;

/** What a code means, for a list of all of them. */
export const anomalyMeaning = (code: AnomalyCode): Meaning => {
  const [severity, message] = anomalyCodes[code];
  return { severity, message };
};

/** An anomaly by its code; `ref` names the reading or event, `detail` is a sentence appended to the message. */
export const anomalyOf = (code: AnomalyCode, ref?: string, detail?: string): Anomaly => {
  const { severity, message } = anomalyMeaning(code);
  return {
    code,
    severity,
    message: detail === undefined ? message : `${message} ${detail}`,
    ...(ref !== undefined && { ref }),
  };
};
