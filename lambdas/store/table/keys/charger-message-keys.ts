import { shortened } from './shortened.ts';

/** Partition of what a charger answered to requests of ours. */
export const repliesPk = (chargerKey: string): string => `${chargerKey}#REPLIES`;

/** Partition of what a charger said that only informs. */
export const chargerMessagesPk = (chargerKey: string): string => `${chargerKey}#MESSAGES`;

/** Place of such a message in its partition: by our clock, then by its content. */
export const chargerMessageSk = (receivedAt: string, contentHash: string): string =>
  `${receivedAt}#${contentHash}`;

/** Longest message id of OCPP in bytes, with room for characters of several bytes. */
const mostMessageIdBytes = 144;

/** Place of an answer in its partition: the replies to one request are adjacent, in the order of their receipt. */
export const replySk = (messageId: string, receivedAt: string, contentHash: string): string =>
  `${shortened(messageId, mostMessageIdBytes)}#${receivedAt}#${contentHash}`;
