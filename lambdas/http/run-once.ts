import { type Answer, type Detail, done, refused } from './answer.ts';
import type { HttpRequest } from './http-request.ts';
import {
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
  if (repeatable !== true || key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return [];
  const message = 'The value must be 1 to 255 printable ASCII characters without spaces.';
  return [{ path: `header.${header}`, message }];
}

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
): Promise<Answer> {
  const key = headers[header];
  if (route.repeatable !== true || key === undefined || keptAnswers === undefined) {
    return await run(undefined);
  }
  const request = { route: routeKeyOf(route), path, key, body };
  const before = await answerBefore(keptAnswers, request);
  if (before !== undefined) return before;
  const answer = await run(keepAnswerTo(keptAnswers, request));
  // Another one may have been done meanwhile, which is why this one was refused.
  return answer.kind === 'done' ? answer : ((await answerBefore(keptAnswers, request)) ?? answer);
}

async function answerBefore(
  keptAnswers: KeptAnswers,
  request: RepeatableRequest,
): Promise<Answer | undefined> {
  const earlier = await findAnswerTo(keptAnswers, request);
  if (earlier === undefined) return undefined;
  return earlier.kind === 'same' ? done(earlier.body) : refused('IDEMPOTENCY_KEY_REUSED');
}
