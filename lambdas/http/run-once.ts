import { setTimeout } from 'node:timers/promises';
import { logger } from '../runtime/logger.ts';
import { type Answer, type Detail, done, refused } from './answer.ts';
import type { HttpRequest } from './http-request.ts';
import {
  type ClaimedKey,
  claimKeyOf,
  findAnswerTo,
  type KeepAnswer,
  type KeptAnswers,
  keepAnswerTo,
  type RepeatableRequest,
} from './keep-answer.ts';
import { type Route, routeKeyOf } from './route.ts';

const header = 'idempotency-key';

type Repeatable = Pick<Route<never, string>, 'method' | 'path' | 'repeatable'>;

/** Says why the `Idempotency-Key` of a repeatable call cannot be used: not every text gets through all clients alike. */
export function oddKey({ repeatable }: Repeatable, { headers }: HttpRequest): readonly Detail[] {
  const key = headers[header];
  if (repeatable === undefined || key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return [];
  const message = 'The value must be 1 to 255 printable ASCII characters without spaces.';
  return [{ path: `header.${header}`, message }];
}

/** How often a request looks for the answer of another one that is being done, and how long it waits before each look, ms. */
const looks = { most: 50, every: 100 };

/** Waits for so many ms. */
type Pause = (milliseconds: number) => Promise<unknown>;

/**
 * Runs a call; a repeatable one with an `Idempotency-Key` only if no request under the same key was done before or is done at
 * this moment: then it gets the same answer.
 */
export async function runOnce(
  route: Repeatable,
  { headers }: HttpRequest,
  keptAnswers: KeptAnswers | undefined,
  { path, body }: { readonly path: object; readonly body: unknown },
  run: (keepAnswer: KeepAnswer | undefined) => Promise<Answer>,
  pause: Pause = setTimeout,
): Promise<Answer> {
  const key = headers[header];
  if (route.repeatable === undefined || key === undefined || keptAnswers === undefined) {
    return await run(undefined);
  }
  const request = { route: routeKeyOf(route), path, key, body };
  const before = await answerBefore(keptAnswers, request, pause);
  if (before !== undefined) return before;
  if (route.repeatable === 'claimed') return await runClaimed(keptAnswers, request, run, pause);
  const answer = await run(keepAnswerTo(keptAnswers, request));
  // Another one may have been done meanwhile, which is why this one was refused.
  return answer.kind === 'done'
    ? answer
    : ((await answerBefore(keptAnswers, request, pause)) ?? answer);
}

/** Runs a call with its key claimed: what it does is no part of a transaction, as a request to a partner or a message to a queue. */
async function runClaimed(
  keptAnswers: KeptAnswers,
  request: RepeatableRequest,
  run: (keepAnswer: undefined) => Promise<Answer>,
  pause: Pause,
): Promise<Answer> {
  const claimed = await claimKeyOf(keptAnswers, request);
  if (claimed === undefined) {
    const before = await answerBefore(keptAnswers, request, pause);
    // The one that had the key was refused: this one may have it.
    return before ?? (await runClaimed(keptAnswers, request, run, pause));
  }
  let answer: Answer;
  try {
    answer = await run(undefined);
  } catch (error) {
    await claimed.release();
    throw error;
  }
  if (answer.kind === 'done') await keepOf(claimed, answer.body);
  else await claimed.release();
  return answer;
}

/** Keeps the answer to what was done. Where that fails it is answered all the same: a failure would have it done once more. */
async function keepOf({ settle }: ClaimedKey, body: unknown): Promise<void> {
  try {
    await settle(body);
  } catch (error) {
    logger.error('The answer to a request could not be kept', { error });
  }
}

async function answerBefore(
  keptAnswers: KeptAnswers,
  request: RepeatableRequest,
  pause: Pause,
): Promise<Answer | undefined> {
  for (let look = 0; look < looks.most; look += 1) {
    const earlier = await findAnswerTo(keptAnswers, request);
    if (earlier === undefined) return undefined;
    if (earlier.kind === 'same') return done(earlier.body);
    if (earlier.kind === 'other') return refused('IDEMPOTENCY_KEY_REUSED');
    if (earlier.kind === 'sealed') return refused('IDEMPOTENCY_KEY_ROTATED');
    await pause(looks.every);
  }
  return refused('IDEMPOTENCY_KEY_IN_USE');
}
