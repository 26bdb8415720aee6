import type { JsonLiteral } from '../../core/units/json-literals.ts';

/** The HTTP methods that requests of OCPI are made by. */
export type OcpiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request of a partner, its body read. */
export type OcpiRequest = {
  readonly method: OcpiMethod;
  /** The steps of the path behind our OCPI's, decoded, without an empty last one. */
  readonly steps: readonly string[];
  readonly query: { readonly [name: string]: string | undefined };
  /** By their names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** Undefined where there is none. */
  readonly body: JsonLiteral | undefined;
};
