import type { Served } from '../../../lambdas/http/serve-request.ts';
import { answerPush } from '../../../lambdas/push/answer-push.ts';
import type { Database } from '../../../lambdas/store/table/client.ts';

/** The answer to a push, with the code and the details of a refusal. */
export type PushAnswer = {
  readonly status?: number;
  readonly body?: unknown;
  readonly code?: string;
  readonly paths?: readonly string[];
  readonly retryAfterSeconds?: number;
};

/** Pushes without HTTP, as a holder of an API key does at a time of ours (epoch ms). Text is sent as it is. */
export const servePush = async (
  database: Database,
  apiKey: string | undefined,
  body: unknown,
  now = Date.now(),
): Promise<Served> =>
  await answerPush(
    database,
    {
      routeKey: 'POST /api/gateway/sessions',
      path: {},
      query: {},
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
      base64: false,
    },
    { now, retentionDays: 400 },
  );

/** Pushes, and gives what matters of the answer. */
export async function push(...pushed: Parameters<typeof servePush>): Promise<PushAnswer> {
  const served = await servePush(...pushed);
  if (served.kind === 'done') return { status: served.status, body: served.body };
  const { code, details, retryAfterSeconds } = served;
  return {
    code,
    paths: details.map(({ path }) => path),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** So many different sessions of one hour each, as they are pushed. */
export const pushedHours = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => {
    const start = Date.UTC(2026, 2, 1) + (first + index) * 3_600_000;
    return {
      carConnected: new Date(start).toISOString(),
      carDisconnected: new Date(start + 3_600_000).toISOString(),
      kiloWattHours: 7.4,
    };
  });
