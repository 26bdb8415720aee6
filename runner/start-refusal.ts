/**
 * A reason why the stack does not start, for the eyes of whoever started it.
 * `code` is stable (`PORT_IN_USE`, `UNKNOWN_PROPERTY`, …); `message` is one clear line.
 */
export class StartRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'StartRefusal';
    this.code = code;
  }
}
