/** A mistake of the caller or of the world that one line explains; it ends the CLI with status 1 and no stack trace. */
export class CommandError extends Error {
  /** The code of docs/errors.md. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
