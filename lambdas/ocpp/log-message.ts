import type { ReceivedEvent } from '../../core/ocpp/receive.ts';
import { logger } from '../edge/logger.ts';
import { maskTokenId } from '../edge/mask-token-id.ts';
import { measure } from '../edge/metrics.ts';
import type { Effect } from './answer-event.ts';
import type { Step } from './step.ts';

/** How a message was answered. */
export type MessageOutcome =
  | 'answered'
  | 'tolerated'
  | 'unusable'
  | 'refused'
  | 'postponed'
  | 'failed';

/** Counts a message and writes its one line: action and outcome as dimensions, ids as metadata. */
export function logMessage(
  step: Step,
  received: ReceivedEvent,
  outcome: MessageOutcome,
  effect?: Effect,
): void {
  measure(
    { action: received.action, outcome },
    { Messages: 1, ...(effect === undefined ? {} : { [effect]: 1 }) },
    { chargerId: step.charger.chargerId, messageId: received.messageId, ...detailsOf(received) },
  );
}

function detailsOf({ event, quirks }: ReceivedEvent): Readonly<Record<string, string | undefined>> {
  const tolerated = quirks.length === 0 ? {} : { quirks: quirks.join(' ') };
  switch (event.kind) {
    case 'sessionStarted':
    case 'tokenPresented':
      return { ...tolerated, tokenId: maskTokenId(event.tokenId) };
    case 'metered':
    case 'sessionStopped':
      return { ...tolerated, transactionId: event.transactionId };
    case 'unusable':
      return { ...tolerated, reason: event.reason };
    default:
      return tolerated;
  }
}

const tokenIds = /("(?:idTag|parentIdTag)"\s*:\s*")((?:[^"\\]|\\.)*)(")/g;

/** Writes an event that could not be processed, whole, so that nothing of a transaction is lost; tokens are masked. */
export function logFailure(step: Step, received: ReceivedEvent, error: unknown): void {
  const payload = received.event.raw.replace(
    tokenIds,
    (_whole, before: string, tokenId: string, after: string) =>
      `${before}${maskTokenId(tokenId)}${after}`,
  );
  const { chargerId } = step.charger;
  const { action, messageId } = received;
  logger.error('A message could not be processed', {
    error,
    chargerId,
    action,
    messageId,
    payload,
  });
}
