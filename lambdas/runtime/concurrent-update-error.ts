/**
 * Others changed the same thing each time that we were about to: given up for now, and likely to work when it is
 * calmer. The message says what kept changing.
 */
export class ConcurrentUpdateError extends Error {
  override readonly name = 'ConcurrentUpdateError';
}
