import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';

/** Refuses a request (2001) for one problem, with the path of the field that has it. */
export const invalidAt = (path: string, message: string): OcpiOutcome => ({
  kind: 'invalid',
  problems: [{ path, message }],
});
