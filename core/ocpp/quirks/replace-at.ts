import { isJsonObject, type JsonObject } from '../json-object.ts';

/** The property names and indices of a JSON pointer (RFC 6901). */
const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value at a JSON pointer; undefined when there is none. */
export const valueAt = (root: unknown, pointer: string): unknown =>
  stepsOf(pointer).reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as JsonObject)[step]
        : undefined,
    root,
  );

/** The same value with another one at a JSON pointer; undefined leaves the property out. */
export const replaceAt = (root: unknown, pointer: string, replacement: unknown): unknown =>
  replaceStep(root, stepsOf(pointer), replacement);

const replaceStep = (value: unknown, steps: readonly string[], replacement: unknown): unknown => {
  const [step, ...others] = steps;
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((element, index) =>
      String(index) === step ? replaceStep(element, others, replacement) : element,
    );
  }
  if (!isJsonObject(value)) return value;
  const { [step]: current, ...rest } = value;
  const changed = replaceStep(current, others, replacement);
  return changed === undefined ? rest : { ...rest, [step]: changed };
};
