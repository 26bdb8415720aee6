import { loadRequests } from './load-requests.ts';
import type { Protocol } from './protocol.ts';
import { readOutcome } from './read-outcome.ts';
import { actionOfRequestId, requestId } from './request-id.ts';
import { requestNumber } from './request-number.ts';
import type { Version } from './version.ts';

/** Writes requests and reads the answers to them, in one version. */
export const writeAndRead = (protocol: Protocol): Pick<Version, 'writeRequest' | 'readReply'> => ({
  writeRequest: async (request, random) => {
    const written = (await loadRequests(protocol)).write(request, requestNumber(random));
    if (written.kind === 'refused') return written;
    const { action, payload } = written;
    const messageId = requestId(action, random);
    return { ...written, messageId, frame: JSON.stringify([2, messageId, action, payload]) };
  },
  readReply: async (reply) => {
    const action = actionOfRequestId(reply.messageId ?? '');
    if (action === undefined) return undefined;
    return { action, outcome: readOutcome(await loadRequests(protocol), action, reply) };
  },
});
