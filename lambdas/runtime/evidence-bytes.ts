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

/** Objects that an ordinary message has, and the bytes that each further one counts for. */
const usualObjects = 12;
const besideObject = 100;

/**
 * The bytes that a message counts for as evidence of a session. A CDR takes memory by the values that it reads rather than by their
 * text: hundreds of short ones in a message take fifty times what their text does.
 */
export const evidenceMessageBytes = (raw: string): number =>
  messageBytes(raw) + Math.max(0, raw.split('{').length - 1 - usualObjects) * besideObject;

/** Sessions that messages of one charger make on a day (SESSIONS_PER_DAY). */
export const chargerSessions = (): number => Number(process.env['SESSIONS_PER_DAY'] ?? 2000);

/** Bytes of messages that only inform which are kept of one charger and day (MESSAGE_MEGABYTES_PER_DAY). */
export const chargerMessageBytes = (): number =>
  Number(process.env['MESSAGE_MEGABYTES_PER_DAY'] ?? 4) * megabyte;
