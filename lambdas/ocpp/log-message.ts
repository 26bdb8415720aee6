import { shownText } from '../../core/command/secret-settings.ts';
import type { OcppEvent } from '../../core/ocpp/event.ts';
import type { ReceivedCall } from '../../core/ocpp/receive.ts';
import { logger } from '../runtime/logger.ts';
import { maskTokenId } from '../runtime/mask-token-id.ts';
import { countRoutine, emitMetric } from '../runtime/metrics.ts';
import type { CallAnswer } from './answer-call.ts';
import { maskTokenIds } from './mask-token-ids.ts';
import type { MessageContext } from './message-context.ts';

/** How a message was answered. */
export type MessageOutcome =
  | 'answered'
  | 'tolerated'
  | 'unusable'
  | 'refused'
  | 'postponed'
  | 'failed';

/**
 * Counts a message by action and outcome. One that went as it should has a line of its own only at log level DEBUG; any
 * other has one with its ids, and so has every message that started or ended a session.
 */
export function logMessage(
  step: MessageContext,
  received: ReceivedCall,
  outcome: MessageOutcome,
  { effects = [], sessionId, refusedAs }: Omit<CallAnswer, 'frame'> = {},
): void {
  const { action, messageId } = received;
  const isRoutine = outcome === 'answered' && effects.length === 0;
  if (isRoutine) countRoutine({ action, outcome }, 'Messages');
  // The logger takes as long to leave a line out as to count a message.
  if (isRoutine && !writesRoutine()) return;
  const { chargerId } = step.charger;
  const reason = refusedAs === undefined ? {} : { reason: refusedAs };
  const ids = { chargerId, messageId, sessionId, ...detailsOf(received), ...reason };
  if (isRoutine) {
    logger.debug('A message was answered', { action, ...ids });
    return;
  }
  const counts = Object.fromEntries(effects.map((effect) => [effect, 1]));
  const lost = notProcessed.has(outcome) ? { MessagesNotProcessed: 1 } : {};
  emitMetric({ action, outcome }, { Messages: 1, ...lost, ...counts }, ids);
}

const writesRoutine = (): boolean => ['DEBUG', 'TRACE'].includes(logger.getLevelName());

const notProcessed: ReadonlySet<MessageOutcome> = new Set([
  'unusable',
  'refused',
  'postponed',
  'failed',
]);

type Details = Readonly<Record<string, string | undefined>>;

function detailsOf({ events, quirks }: ReceivedCall): Details {
  const tolerated = quirks.length === 0 ? {} : { quirks: quirks.join(' ') };
  return Object.assign({}, tolerated, ...events.map(idsOf));
}

function idsOf(event: OcppEvent): Details {
  switch (event.kind) {
    case 'sessionStarted':
    case 'tokenPresented':
      return event.tokenId === undefined ? {} : { tokenId: maskTokenId(event.tokenId) };
    case 'metered':
    case 'sessionReported':
    case 'sessionStopped':
      return { transactionId: event.transactionId };
    case 'unusable':
      return { reason: event.reason };
    default:
      return {};
  }
}

/** Writes an event that could not be processed, whole, so that nothing of a transaction is lost; tokens are masked. */
export function logFailure(step: MessageContext, received: ReceivedCall, error: unknown): void {
  const payload = maskTokenIds(shownText(received.events[0]?.raw ?? ''));
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
