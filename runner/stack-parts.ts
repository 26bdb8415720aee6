import type { RunningPart } from './runner-interfaces.ts';

/** The parts started so far, so that all of them are stopped in order, whether the start succeeds or not. */
export type StackParts = RunningPart & {
  /** Takes in what others build on: stopped last, in the reverse order of its start. */
  readonly inside: <Part extends RunningPart>(part: Part) => Part;
  /** Takes in what work comes from: stopped first, all at once. */
  readonly outside: <Part extends RunningPart>(part: Part) => Part;
};

/** No parts yet. */
export function collectParts(): StackParts {
  const inner: RunningPart[] = [];
  const outer: RunningPart[] = [];
  return {
    inside: (part) => {
      inner.push(part);
      return part;
    },
    outside: (part) => {
      outer.push(part);
      return part;
    },
    stop: async () => {
      await Promise.all(outer.splice(0).map((part) => part.stop()));
      for (const part of inner.splice(0).reverse()) {
        await part.stop();
      }
    },
  };
}
