import { ConcurrentUpdateError } from './concurrent-update-error.ts';
import { OutOfTimeError } from './out-of-time-error.ts';

/** Codes of a network that does not carry, as Node names them. */
const networkCodes: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** A service's verdict that a request is wrong in itself: our bug, and wrong however often it is sent. */
const wrongRequests: ReadonlySet<string> = new Set([
  'ItemCollectionSizeLimitExceededException',
  'SerializationException',
  'ValidationException',
]);

/**
 * True if a failure is temporary: a service of AWS, or the way to it, was throttled, out of reach, too slow or
 * refusing, or others kept changing the same thing. What else fails is our own error, and fails again however often it
 * is tried.
 */
export function isServiceTrouble(error: unknown): boolean {
  if (!(error instanceof Error) || wrongRequests.has(error.name)) return false;
  if (error instanceof ConcurrentUpdateError || error instanceof OutOfTimeError) return true;
  // Every error the SDK throws after its last attempt has at least one of the first two.
  return (
    '$metadata' in error || '$fault' in error || ('code' in error && networkCodes.has(error.code))
  );
}
