const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Digits of the time in ms: enough until the year 2081. */
const timeDigits = 7;

/** Characters of the sequence of a command: a message id has room for them behind the longest action of any version. */
export const sequenceLength = 8;

const timePart = (at: number): string => {
  let [rest, written] = [at, ''];
  for (let n = 0; n < timeDigits; n++) {
    written = digits.charAt(rest % digits.length) + written;
    rest = Math.floor(rest / digits.length);
  }
  return written;
};

/**
 * The place of a command among those of its charger, sorted as text by `at` (epoch ms). `random` distinguishes those of one
 * millisecond: a digit or letter.
 */
export const commandSequence = (at: number, random: string): string =>
  `${timePart(at)}${random}`.slice(0, sequenceLength);

/** The lowest place that a command of a time or later can have. */
export const firstSequence = (at: number): string => timePart(Math.max(0, at));

/** The time (epoch ms) of a place. */
export const timeOfSequence = (sequence: string): number =>
  [...sequence.slice(0, timeDigits)].reduce(
    (at, digit) => at * digits.length + Math.max(0, digits.indexOf(digit)),
    0,
  );

/** The place of the command that a message id names; undefined where it names none. */
export const sequenceOfRequestId = (messageId: string): string | undefined =>
  /^[A-Z]\w*\.([0-9A-Za-z]{8})$/.exec(messageId)?.[1];
