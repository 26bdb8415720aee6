/** A request in the words of one OCPP version, or why that version cannot express it. */
export type WrittenRequest =
  | { readonly kind: 'written'; readonly action: string; readonly payload: object }
  | {
      readonly kind: 'refused';
      readonly code: 'NOT_SUPPORTED_BY_VERSION';
      /** One clear sentence. */
      readonly reason: string;
    };
