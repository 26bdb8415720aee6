import type { Key } from './key.ts';

/** An API key, by the id that is part of its text. */
export const apiKeyItemKey = (apiKeyId: string): Key => ({
  pk: `APIKEY#${apiKeyId}`,
  sk: 'APIKEY',
});

/** How many calls an API key has made lately. */
export const apiKeyCallsKey = (apiKeyId: string): Key => ({
  pk: `APIKEY#${apiKeyId}`,
  sk: 'CALLS',
});

/** The answer to a request of an API key's that may be repeated. */
export const keptAnswerKey = (apiKeyId: string, name: string): Key => ({
  pk: `APIKEY#${apiKeyId}`,
  sk: `ANSWER#${name}`,
});

/** How many requests an API key has pushed sessions with in a window; a partition of its own keeps its counter away from its scopes. */
export const pushCountKey = (apiKeyId: string, window: number): Key => ({
  pk: `PUSHES#${apiKeyId}`,
  sk: String(window),
});
