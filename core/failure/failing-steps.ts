/**
 * How each step that has a failure queue is handed a failure again: a record goes to its function, a message into its queue, and a run
 * that failed is started once more. In the order in which an operator looks at them.
 */
export const failingSteps = {
  postponed: 'queue',
  cdr: 'stream',
  tariff: 'stream',
  corrections: 'queue',
  commands: 'queue',
  sweep: 'run',
  events: 'stream',
  webhooks: 'queue',
  partners: 'queue',
  status: 'stream',
} as const satisfies Readonly<Record<string, 'queue' | 'stream' | 'run'>>;

/** A step with a failure queue. */
export type FailingStep = keyof typeof failingSteps;

/** Whether a word names a step with a failure queue. */
export const isFailingStep = (word: string): word is FailingStep =>
  Object.hasOwn(failingSteps, word);
