import type { JsonLiteral } from '../../units/json-literals.ts';
import type { DocumentProblem } from '../document-field.ts';

/** The outcome of a request of a partner, before it becomes an HTTP status and an OCPI status. */
export type OcpiOutcome =
  /** A CDR that was there before also says where it is. */
  | { readonly kind: 'ok'; readonly data?: JsonLiteral; readonly location?: string }
  /** A pushed object that was not there before; a CDR also says where it is from now on. */
  | { readonly kind: 'created'; readonly data?: JsonLiteral; readonly location?: string }
  | { readonly kind: 'not-json' }
  /** No token, an unknown one, or token A on a module that needs a registration. */
  | { readonly kind: 'unauthenticated' }
  | { readonly kind: 'object-not-found' }
  /** The party in the URL is not one of the caller's. */
  | { readonly kind: 'not-your-party' }
  /** POST credentials while registered, or PUT and DELETE while not. */
  | { readonly kind: 'wrong-registration' }
  | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] }
  | { readonly kind: 'not-enough-information' }
  | { readonly kind: 'unknown-location' }
  | { readonly kind: 'unknown-token' }
  | { readonly kind: 'preferences-not-possible' }
  /** The operator has not said yet what party it is. */
  | { readonly kind: 'no-party' }
  | { readonly kind: 'our-fault' }
  | { readonly kind: 'partner-unusable' }
  | { readonly kind: 'unsupported-version' }
  | { readonly kind: 'endpoints-missing' }
  | { readonly kind: 'hub-unknown-receiver' }
  | { readonly kind: 'hub-timeout' }
  | { readonly kind: 'hub-connection-problem' };
