import { CommandError } from '../../clients/command-error.ts';

/** An answer of the operator API; undefined where a busy machine gave none in time (503): the demo goes on without it. */
export async function unlessBusy<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CommandError && error.code === 'HTTP_503') return undefined;
    throw error;
  }
}
