import type { Instant } from '../units/instant.ts';

/** A stretch of time: from its first instant up to its end, which is no part of it. */
export type Span = { readonly from: Instant; readonly to: Instant };
