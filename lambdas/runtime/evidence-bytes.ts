const megabyte = 1_000_000;

/**
 * Bytes of messages that are stored of one session, and that its CDR is made from (SESSION_MEGABYTES). A day of samples every
 * ten seconds has half of the default.
 */
export const evidenceBytes = (): number => Number(process.env['SESSION_MEGABYTES'] ?? 8) * megabyte;

/** Bytes that a message counts for beside its text: many small ones take as much memory as a few large ones. */
const besideText = 250;

/** The bytes that a message counts for, by its text before compression. */
export const messageBytes = (raw: string): number => raw.length + besideText;

/** Bytes of messages that only inform which are kept of one charger and day (MESSAGE_MEGABYTES_PER_DAY). */
export const chargerMessageBytes = (): number =>
  Number(process.env['MESSAGE_MEGABYTES_PER_DAY'] ?? 4) * megabyte;
