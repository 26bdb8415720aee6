import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';

type Queued = { readonly message: CommandMessage };

/** Takes the first message of a kind out of a queue, whatever is before it; undefined where there is none. */
export function taken(queue: Queued[], kind: CommandMessage['kind']): CommandMessage | undefined {
  const at = queue.findIndex(({ message }) => message.kind === kind);
  return at < 0 ? undefined : queue.splice(at, 1)[0]?.message;
}
