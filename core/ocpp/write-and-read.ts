import { readOutcome } from './read-outcome.ts';
import { actionOfRequestId, requestId } from './request-id.ts';
import type { LoadedRequests, Version } from './version.ts';

/** Writes requests and reads the answers to them, in the version whose requests `load` gives. */
export const writeAndRead = (
  load: () => Promise<LoadedRequests>,
): Pick<Version, 'writeRequest' | 'readReply'> => ({
  writeRequest: async (request, random) => {
    const written = (await load()).write(request);
    if (written.kind === 'refused') return written;
    const { action, payload } = written;
    const messageId = requestId(action, random);
    return { ...written, messageId, frame: JSON.stringify([2, messageId, action, payload]) };
  },
  readReply: async (reply) => {
    const action = actionOfRequestId(reply.messageId ?? '');
    if (action === undefined) return undefined;
    return { action, outcome: readOutcome(await load(), action, reply) };
  },
});
