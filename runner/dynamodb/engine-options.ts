import type { StartRefusal } from '../start-refusal.ts';

/** Who hears of an engine after its start. */
export type EngineOptions = {
  /** Gets one line when the engine has ended by itself, and when it runs again. */
  readonly report?: (line: string) => void;
  /** Gets the reason when an engine that has ended cannot be started again: nothing works without it. */
  readonly failed?: (refusal: StartRefusal) => void;
};
