import { beginningOf } from '../../units/beginning-of.ts';

/** The longest description that the standard allows. */
const longestDescription = 255;

/**
 * Writes the CALLERROR frame that refuses a CALL (OCPP-J 1.6 section 4.2.3).
 * A CALL without a readable id is refused as `-1`. The description is cut to 255 characters.
 */
export const callError = (
  messageId: string | undefined,
  code: string,
  description: string,
  details: object = {},
): string =>
  JSON.stringify([
    4,
    messageId ?? '-1',
    code,
    beginningOf(description, longestDescription),
    details,
  ]);
