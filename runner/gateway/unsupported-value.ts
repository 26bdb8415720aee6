import { StartRefusal } from '../start-refusal.ts';

/** Stops the start because a property has a value that the runner does not execute; never skipped silently. */
export function unsupportedValue(address: string, property: string, value: unknown): StartRefusal {
  return new StartRefusal(
    'UNSUPPORTED_VALUE',
    `${address} has ${property} ${JSON.stringify(value)}, which the runner does not execute.`,
  );
}
