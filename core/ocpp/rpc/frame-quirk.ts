/** Tolerances for a frame's own form. A frame that is `empty-frame` is not a message, and only keeps alive. */
export const frameQuirks = [
  'empty-frame',
  'numeric-message-id',
  'missing-payload',
  'null-payload',
  'empty-value',
  'broken-frame',
  'control-characters',
  'lone-surrogate',
] as const;

/** The name of a tolerance for a frame's form. */
export type FrameQuirk = (typeof frameQuirks)[number];
