import { beginningOf } from '../../core/units/beginning-of.ts';
import type { Guard } from './guarded-agent.ts';
import { createRequestText, type Requested } from './request-text.ts';

/** The outcome of a delivery; of an answer's body there is the beginning. */
export type Posted = Requested;

/** Sends a text by POST, within so many ms where that is less than usual. */
export type PostText = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  milliseconds?: number,
) => Promise<Posted>;

/** Bytes of an answer that are read; a longer one is cut off. */
const mostBytes = 65_536;
/** Characters of it that are kept. */
const mostCharacters = 1_024;

/** Makes a way to post texts to public addresses; an attempt ends after so many ms. */
export function createPostText(guard: Guard, mostMilliseconds = 15_000): PostText {
  const request = createRequestText(guard, { milliseconds: mostMilliseconds, bytes: mostBytes });
  return async (url, headers, body, milliseconds) => {
    const posted = await request({ method: 'POST', url, headers, body, milliseconds });
    return posted.kind === 'answered'
      ? { ...posted, body: beginningOf(posted.body, mostCharacters) }
      : posted;
  };
}
