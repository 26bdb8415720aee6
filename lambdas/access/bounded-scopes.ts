import type { Scope } from './scopes.ts';

/** The scopes that a key may have that is bounded to locations: what they allow is at a location. */
export const boundedScopes: readonly Scope[] = [
  'chargers:read',
  'chargers:write',
  'commands:read',
  'commands:write',
  'locations:read',
  'sessions:read',
  'cdrs:read',
  'cdrs:write',
  'mcp:write',
];
