import type { Duplex } from 'node:stream';
import type { ArrivedRequest, RefusedUpgrade, UpgradeOrigin } from '../gateway/arrived-request.ts';
import type { DistributionDefinition } from './distribution-definition.ts';
import { edgeAnswer, sendAnswerToSocket } from './edge-answer.ts';
import { createErrorCache } from './error-cache.ts';

/** Hands a handshake on to the origin of a distribution, or answers it for the origin. */
export type ForwardUpgrade = (
  request: ArrivedRequest,
  socket: Duplex,
  head: Buffer,
) => Promise<void>;

/**
 * Forwards handshakes as CloudFront does: an error that is still kept for the path is the answer, and an origin that
 * takes too long makes it 504.
 */
export function createForwardUpgrade(
  origin: UpgradeOrigin,
  { errorCachingSeconds, readTimeoutSeconds }: DistributionDefinition,
): ForwardUpgrade {
  const errors = createErrorCache(errorCachingSeconds);
  return async (request, socket, head) => {
    const [path = ''] = request.target.split('?');
    const kept = errors.find(path);
    if (kept !== undefined) {
      sendAnswerToSocket(socket, kept);
      return;
    }
    const outcome = await within(readTimeoutSeconds, origin.takeUpgrade(request, socket, head));
    if (outcome === 'late') {
      const error = edgeAnswer(504);
      errors.keep(path, error);
      sendAnswerToSocket(socket, error);
    } else if (outcome !== undefined) {
      errors.keep(path, answerOf(outcome));
    }
  };
}

function answerOf({ status, body }: RefusedUpgrade) {
  const type = body === '' ? [] : [['content-type', 'application/json'] as const];
  return { status, headers: type, body: Buffer.from(body) };
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), 1000 * seconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
