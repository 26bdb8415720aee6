/** The longest message id of OCPP-J (1.6 section 4.1.4). */
const longestId = 36;

/** The name of an action with one of the ways in which its answers are read. */
const nameOf = (action: string, variant: string | undefined): string =>
  variant === undefined ? action : `${action}_${variant}`;

/** The action of a name: none has an underscore of its own. */
export const actionOfName = (name: string): string => name.split('_', 1)[0] ?? name;

/**
 * The message id of a request of ours: its action, with the way in which its answer is read where there are several, and as much
 * of a random text as an id has room for, at least 8 characters. An answer names nothing but this id, so it is understood without
 * a lookup, also when it comes late or after a restart.
 */
export const requestId = (action: string, random: string, variant?: string): string =>
  `${nameOf(action, variant)}.${random}`.slice(0, longestId);

/** The action, with its variant, that a message id names; undefined for one that is not of a request of ours. */
export const nameOfRequestId = (messageId: string): string | undefined =>
  messageId.length > longestId ? undefined : /^([A-Z]\w*)\./.exec(messageId)?.[1];
