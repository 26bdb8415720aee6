import type { RateState } from '../http/rate-limit.ts';
import { countPush } from '../store/operators/push-counts.ts';
import type { Database } from '../store/table/client.ts';

/** Requests of an API key in one window. */
export const mostPushes = 100;

const windowSeconds = 3_600;

/** The windows in which this instance saw the limit of a key reached: nothing is written for what is refused then. */
const exhausted = new Map<string, number>();
const mostRemembered = 1_000;

/** The outcome of counting a request: whether it passes, and what is left. */
export type TakenPush = { readonly kind: 'counted' | 'limited'; readonly rate: RateState };

/** Counts a request of an API key, exactly, over all instances: 100 in each hour by our clock (`now`, epoch ms) pass. */
export async function takePush(
  database: Database,
  apiKeyId: string,
  now: number,
): Promise<TakenPush> {
  const window = Math.floor(now / 1000 / windowSeconds);
  const end = (window + 1) * windowSeconds;
  const resetSeconds = Math.max(1, Math.ceil(end - now / 1000));
  const rate = { limit: mostPushes, windowSeconds, remaining: 0, resetSeconds };
  if (exhausted.get(apiKeyId) === window) return { kind: 'limited', rate };
  const pushes = await countPush(database, apiKeyId, window, end + windowSeconds);
  if (pushes <= mostPushes) {
    return { kind: 'counted', rate: { ...rate, remaining: mostPushes - pushes } };
  }
  if (exhausted.size >= mostRemembered) exhausted.clear();
  exhausted.set(apiKeyId, window);
  return { kind: 'limited', rate };
}
