/** A failure that the SDK takes for a request that took too long, and therefore tries again. */
export const timeoutError = (message: string, code?: string): Error =>
  Object.assign(new Error(message), { name: 'TimeoutError' }, code === undefined ? {} : { code });

/** An answer that breaks off in the middle. */
export const abortedAnswer = (): Error => timeoutError('aborted', 'ECONNRESET');
