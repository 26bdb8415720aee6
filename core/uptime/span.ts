import type { Instant } from '../units/instant.ts';

/** An interval of time: from its first instant up to its end, which is no part of it. */
export type Span = { readonly from: Instant; readonly to: Instant };
