/** A command that is not taken, in the words of OCPI, and why for people. */
export type Refusal = {
  readonly result: 'REJECTED' | 'NOT_SUPPORTED' | 'UNKNOWN_SESSION';
  readonly message: string;
};
