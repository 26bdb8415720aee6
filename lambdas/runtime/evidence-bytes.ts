const megabyte = 1_000_000;

/**
 * Bytes of messages that are kept of one session, and that its CDR is made from (SESSION_MEGABYTES). A day of samples every
 * ten seconds has a tenth of the default.
 */
export const evidenceBytes = (): number =>
  Number(process.env['SESSION_MEGABYTES'] ?? 16) * megabyte;
