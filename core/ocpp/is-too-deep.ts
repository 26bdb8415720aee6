/** Levels of nesting that are read; no message of OCPP has more than ten of its own. */
const deepest = 200;

/**
 * Says whether a JSON value is nested deeper than 200 levels: it may exceed the stack of whoever writes it again, as an answer of
 * the API does, where reading it did not.
 */
export const isTooDeep = (value: unknown, levels: number = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1)));
