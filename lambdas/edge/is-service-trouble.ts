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

/**
 * Whether a service of AWS, or the way to it, is what failed: throttled, out of reach, too slow, refusing. Such a thing
 * passes; what else fails is our own error, and fails again however often it is tried.
 */
export function isServiceTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // What the SDK throws after its last attempt has at least one of the first two, whatever it was.
  return (
    '$metadata' in error || '$fault' in error || ('code' in error && networkCodes.has(error.code))
  );
}
