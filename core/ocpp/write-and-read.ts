import { loadRequests } from './load-requests.ts';
import type { Protocol } from './protocol.ts';
import { readOutcome } from './read-outcome.ts';
import { actionOfName, nameOfRequestId, requestId } from './request-id.ts';
import { requestNumber } from './request-number.ts';
import type { Version } from './version.ts';

/** Writes requests and reads the answers to them, in one version. */
export const writeAndRead = (protocol: Protocol): Pick<Version, 'writeRequest' | 'readReply'> => ({
  writeRequest: async (request, random) => {
    const written = (await loadRequests(protocol)).write(request, requestNumber(random));
    if (written.kind === 'refused') return written;
    const { action, payload, variant } = written;
    const messageId = requestId(action, random, variant);
    return { ...written, messageId, frame: JSON.stringify([2, messageId, action, payload]) };
  },
  readReply: async (reply) => {
    const name = nameOfRequestId(reply.messageId ?? '');
    if (name === undefined) return undefined;
    const outcome = readOutcome(await loadRequests(protocol), name, reply);
    return { action: actionOfName(name), outcome };
  },
});
