/**
 * Numbers that chargers send for "unknown", in the unit in which the charger counts. Any of them may be a true register
 * too, except below zero and beyond all meters: one that can be true counts as a mark only where its neighbours disagree.
 */
export const noValueMarks = {
  /** The initial meter value of some libraries, and the signed form of 0xFFFFFFFF. */
  minusOne: -1n,
  /** A Modbus register of 16 bits that the meter does not serve. */
  unsigned16: 0xffffn,
  /** The largest 32-bit number with a sign: an integer that ran into its end. */
  signed32: 0x7fff_ffffn,
  /** A Modbus register of 32 bits that the meter does not serve. */
  unsigned32: 0xffff_ffffn,
  /** The largest signed 64-bit number; as a float it becomes 2^63. */
  signed64: 2n ** 63n - 1n,
} as const;

/** True for a number that no register shows, in any unit: -1, 2^63 - 1 and the nearest float. */
export const neverARegister = (number: bigint): boolean =>
  number === noValueMarks.minusOne ||
  number === noValueMarks.signed64 ||
  number === noValueMarks.signed64 + 1n;

const inMilliWattHours = (marks: readonly bigint[]): ReadonlySet<bigint> =>
  new Set(marks.flatMap((mark) => [mark * 1000n, mark * 1_000_000n]));

/** Marks that could be a register, in mWh, for chargers that count Wh or kWh. */
const possible = inMilliWattHours([
  noValueMarks.unsigned16,
  noValueMarks.signed32,
  noValueMarks.unsigned32,
]);

/** True if a register in mWh may be a mark of "no value". */
export const mayBeMark = (register: bigint): boolean => possible.has(register);
