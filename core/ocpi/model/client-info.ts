import type { Extra } from './extra.ts';
import type { Party } from './party.ts';

/** A party behind a hub, and whether anything may be sent to it. */
export type ClientInfo = Party &
  Extra & { readonly role: string; readonly status: string; readonly lastUpdated: string };
