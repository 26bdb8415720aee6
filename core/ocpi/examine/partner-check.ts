/** One thing about a connection to a partner that is well, or is not, and why. */
export type PartnerCheck = {
  /** As in `versions` or `module locations`. */
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
};
