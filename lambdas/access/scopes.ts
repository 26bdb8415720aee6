/**
 * The permissions of an API key; `admin` allows everything, including managing API keys. Only changes by tools of the MCP server
 * need `mcp:write` by its name, besides what they change.
 */
export const scopes = [
  'admin',
  'chargers:read',
  'chargers:write',
  'commands:read',
  'commands:write',
  'firmware:read',
  'firmware:write',
  'locations:read',
  'locations:write',
  'accounts:read',
  'accounts:write',
  'tokens:read',
  'tokens:write',
  'erasures:write',
  'tariffs:read',
  'tariffs:write',
  'promo-codes:read',
  'promo-codes:write',
  'sessions:read',
  'sessions:write',
  'sessions:push',
  'cdrs:read',
  'cdrs:write',
  'payments:read',
  'payments:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
  'partners:read',
  'partners:write',
  'settings:read',
  'settings:write',
  'mcp:write',
] as const;

/** One thing that an API key may be allowed to do. */
export type Scope = (typeof scopes)[number];

/** Tells whether a key with these scopes may do what needs `scope`; who may write may read and push. */
export const allows = (granted: readonly string[], scope: string): boolean =>
  granted.includes('admin') ||
  granted.includes(scope) ||
  granted.includes(scope.replace(/:(?:read|push)$/, ':write'));
