/** Why a request is not written: its version has no term for it or for its tariff, or its fields are not those of the message. */
export type RefusedCode =
  | 'NOT_SUPPORTED_BY_VERSION'
  | 'COMMAND_FIELDS_INVALID'
  | 'TARIFF_NOT_EXPRESSIBLE';

/** A request in the words of one OCPP version, or why it is not written. */
export type WrittenRequest =
  | {
      readonly kind: 'written';
      readonly action: string;
      readonly payload: object;
      /** Distinguishes the ways in which answers to one action are read; absent for the usual one. */
      readonly variant?: string;
    }
  | {
      readonly kind: 'refused';
      readonly code: RefusedCode;
      /** One clear sentence. */
      readonly reason: string;
    };
