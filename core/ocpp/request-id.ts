/** The longest message id of OCPP-J (1.6 section 4.1.4). */
const longestId = 36;

/**
 * The message id of a request of ours: its action, and as much of a random text as an id has room for, at least 8 characters.
 * An answer names nothing but this id, so it is understood without a lookup, also when it comes late or after a restart.
 */
export const requestId = (action: string, random: string): string =>
  `${action}.${random}`.slice(0, longestId);

/** The action that a message id names; undefined for one that is not of a request of ours. */
export const actionOfRequestId = (messageId: string): string | undefined =>
  messageId.length > longestId ? undefined : /^([A-Z]\w*)\../.exec(messageId)?.[1];
