import * as z from 'zod';
import type { OpenRoute } from '../http/serve-request.ts';

/** The calls that need no key. */
export const openRoutes: readonly OpenRoute[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'Answers as long as the API does.',
    mediaType: 'application/json',
    response: z.strictObject({ status: z.literal('ok') }),
    answer: async () => ({ status: 'ok' }),
  },
];
