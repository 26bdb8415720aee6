import type { CommandOutcome } from '../command/command-outcome.ts';
import type { Reply } from './reply.ts';
import type { LoadedRequests } from './version.ts';

/** The outcome of a request, from the answer to it. Never throws: a malformed reply is `unreadable`. */
export const readOutcome = (
  requests: LoadedRequests,
  action: string,
  reply: Reply,
): CommandOutcome => {
  switch (reply.kind) {
    case 'result':
      return requests.readResult(action, reply.raw);
    case 'refusal': {
      const { reason, code, description } = reply;
      return { kind: 'failed', reason, code, description };
    }
    case 'unreadable':
      return { kind: 'unreadable', description: reply.description };
    default:
      return reply satisfies never;
  }
};
