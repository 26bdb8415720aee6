/** Work that was not begun because the function's time is nearly over: no fault of the work, which is tried again. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}
