import { countPush } from '../store/operators/push-counts.ts';
import type { Database } from '../store/table/client.ts';

/** Requests of an API key in one window. */
export const mostPushes = 100;

const windowSeconds = 3_600;

/** The windows in which this instance saw the limit of a key reached: nothing is written for what is refused then. */
const exhausted = new Map<string, number>();
const mostRemembered = 1_000;

/** The outcome of counting a request: which of its window it is, or the seconds until the next window. */
export type TakenPush =
  | { readonly kind: 'counted'; readonly pushes: number }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** Counts a request of an API key, exactly, over all instances: 100 in each hour by our clock (`now`, epoch ms) pass. */
export async function takePush(
  database: Database,
  apiKeyId: string,
  now: number,
): Promise<TakenPush> {
  const window = Math.floor(now / 1000 / windowSeconds);
  const end = (window + 1) * windowSeconds;
  const retryAfterSeconds = Math.max(1, Math.ceil(end - now / 1000));
  if (exhausted.get(apiKeyId) === window) return { kind: 'limited', retryAfterSeconds };
  const pushes = await countPush(database, apiKeyId, window, end + windowSeconds);
  if (pushes <= mostPushes) return { kind: 'counted', pushes };
  if (exhausted.size >= mostRemembered) exhausted.clear();
  exhausted.set(apiKeyId, window);
  return { kind: 'limited', retryAfterSeconds };
}
