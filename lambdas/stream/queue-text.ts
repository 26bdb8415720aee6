const notInAQueue = /[\uFFFE\uFFFF]/g;

/** A value as JSON that a queue takes: the two characters that SQS refuses, and JSON does not escape, are escaped. */
export const queueText = (value: unknown): string =>
  JSON.stringify(value).replace(
    notInAQueue,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
