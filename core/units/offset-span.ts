import type { Duration, Instant } from './instant.ts';

/** A span of time in which a zone keeps one offset from UTC; it ends where the next begins. */
export type OffsetSpan = { readonly from: Instant; readonly offset: Duration };
