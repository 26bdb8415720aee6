import type { LoadedRequests } from '../version.ts';

/** The requests of a version of which we send none yet. */
export const noRequests = (name: string): LoadedRequests => ({
  write: ({ type }) => ({
    kind: 'refused',
    code: 'NOT_SUPPORTED_BY_VERSION',
    reason: `No request of ${name} is sent for ${type}.`,
  }),
  readResult: (action) => ({
    kind: 'unreadable',
    description: `No request of ${name} for ${action} was sent.`,
  }),
});
