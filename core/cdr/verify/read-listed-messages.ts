import type { ListedMessage, UnusableProof } from './cdr-proof.ts';
import { flag, integer, listOf, object, text } from './shape.ts';

const listed = listOf(
  object(
    { key: text, kind: text, receivedAt: text, raw: text, evseId: integer, connectorId: integer },
    { late: flag },
  ),
);

type ListedReading = ListedMessage & { readonly late?: boolean };

/**
 * Reads the messages that a CDR is based on from a JSON value: as the API lists them, one whole list, or a bare array. What
 * came too late for the CDR is listed as well, and is not part of its evidence.
 */
export const readListedMessages = (value: unknown): readonly ListedMessage[] | UnusableProof => {
  const { items, nextCursor } = Array.isArray(value)
    ? { items: value, nextCursor: null }
    : pageOf(value);
  const path = listed(items, 'items');
  if (path !== undefined) {
    return { problem: `These are no Joulegate readings: ${path} is missing or malformed.` };
  }
  const messages = items as readonly ListedReading[];
  if (nextCursor !== null) {
    return {
      problem: `These are only the first ${messages.length} readings; "joulegate readings SESSION_ID" fetches all of them.`,
    };
  }
  return messages.filter(({ late }) => late !== true);
};

const pageOf = (value: unknown): { readonly items?: unknown; readonly nextCursor: unknown } =>
  typeof value === 'object' && value !== null
    ? { nextCursor: null, ...value }
    : { nextCursor: null };
