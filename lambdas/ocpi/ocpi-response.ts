import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';

/** An outcome with the headers that it adds. */
export type OcpiResponse = {
  readonly outcome: OcpiOutcome;
  readonly headers?: { readonly [name: string]: string };
};
