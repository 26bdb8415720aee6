import type { Protocol } from '../../../core/ocpp/protocol.ts';

/** A message as a charger sends it: the text itself, or the frame as JSON. */
export type Sent = string | readonly unknown[];

/**
 * One step of a transcript. Texts of the form `$name` are whatever stands in their place the first time, and the same from
 * then on. An answer is a whole frame, the payload of a CALLRESULT, or null where nothing goes back.
 */
export type Step =
  | {
      readonly says: Sent;
      readonly answer: unknown;
      /** Our clock, ISO 8601; a quarter past five where it does not matter. */
      readonly at?: string;
    }
  | {
      /** All at once. */
      readonly together: readonly Sent[];
      readonly answers: readonly unknown[];
    }
  | {
      readonly connects: {
        /** As the charger asks for it; `$charger` is its id, `$token` its connection token. */
        readonly path: string;
        /** The user of HTTP Basic, with the charger's password. */
        readonly user?: string;
        readonly headers?: Readonly<Record<string, string>>;
      };
      readonly answer: { readonly status: number; readonly headers?: object };
      /** Whether the connection before it was closed. */
      readonly closesPrevious?: boolean;
    }
  | {
      /** A command of the operator. */
      readonly asks: object;
      /** The frame that the charger gets; null where it gets none yet. Absent where the command is refused. */
      readonly sends?: readonly unknown[] | null;
      readonly refused?: string;
    }
  | { readonly finds: Findings };

/** Facts that the API shows once everything that follows from the messages has been done; anomalies are their codes. */
export type Findings = {
  /** The first comes first. */
  readonly sessions?: readonly object[];
  /** The CDR of each session, or the code of the error. */
  readonly cdrs?: readonly unknown[];
  readonly charger?: object;
  readonly messages?: readonly object[];
  /** The first comes first. */
  readonly commands?: readonly object[];
  readonly settings?: readonly object[];
};

/** Behaviour of real chargers, and what becomes of it. */
export type FieldTranscript = {
  /** A letter for its subject, and a number. */
  readonly quirk: string;
  /** One sentence on what chargers do. */
  readonly chargers: string;
  /** One sentence on what Joulegate does. */
  readonly joulegate: string;
  /** Files of the code that does it. */
  readonly code: readonly string[];
  readonly protocol?: Protocol;
  /** Changes to the registration: `maxPowerKw` 22, two connectors. */
  readonly charger?: object;
  readonly steps: readonly Step[];
};
