/** An answer of a charger to a CALL of ours: its payload, or an error by its code. */
export type Reply = object | { readonly error: string };

/** A handshake with other credentials or versions than the charger's own, and what comes of it. */
export type Handshake = {
  readonly user?: string;
  readonly password?: string;
  readonly protocols?: readonly string[];
  /** The HTTP status of the refusal, or the version that is spoken. */
  readonly outcome: number | string;
};

/**
 * One step of a case. Texts that begin with `$` are filled in: `$transaction` is the transaction that the charger was given,
 * `$session` its latest session, `$request`, `$remoteStart`, `$reservation` and `$password` what the last CALL to it named.
 */
export type Step =
  | {
      readonly kind: 'says';
      readonly action: string;
      readonly payload: object;
      readonly answer: object;
    }
  | {
      readonly kind: 'refused';
      readonly action: string;
      readonly payload: object;
      readonly code: string;
    }
  | {
      readonly kind: 'ordered';
      readonly command: object;
      readonly action: string;
      readonly payload: object;
      readonly reply: Reply;
      readonly outcome: object;
    }
  | {
      readonly kind: 'asked';
      readonly action: string;
      readonly payload: object;
      readonly reply: Reply;
    }
  | { readonly kind: 'reconnects'; readonly password?: string }
  | { readonly kind: 'sees'; readonly shown: object }
  | { readonly kind: 'knocks'; readonly handshake: Handshake }
  | {
      readonly kind: 'posts';
      readonly path: string;
      readonly body: object;
      readonly answer: object;
    };

/** A session that a case leaves behind. */
export type LeftSession = {
  /** Its fields as the API shows them. */
  readonly shown: object;
  /** The sealed CDR: its energy in kWh, its total including VAT, in EUR at 0.50 a kWh, and its anomalies. */
  readonly bill?: {
    readonly kwh: number;
    readonly total: string;
    readonly anomalies?: readonly string[];
    /** How long nothing flowed, where the case shows it. */
    readonly idleSeconds?: number;
  };
  /** The anomalies for which its CDR is held. */
  readonly held?: readonly string[];
  /** The kinds of the messages that are stored as its evidence, but for statuses of its connector. */
  readonly readings?: readonly string[];
};

/** Everything that a case leaves behind; what is not named must not be there. */
export type Leaves = {
  /** The latest first. */
  readonly sessions?: readonly LeftSession[];
  /** Messages beside the sessions, in any order: their actions, with what their payloads have. */
  readonly messages?: readonly (readonly [string, object])[];
  /** The charger as the API shows it. */
  readonly charger?: object;
  /** Answers of further paths of the charger, as in `/configuration`. */
  readonly shows?: Readonly<Record<string, object>>;
};

/** One case of the certification of a central system. */
export type ConformanceCase = {
  /** As in `TC_003` or `TC_E_04`. */
  readonly id: string;
  /** One sentence about charging: what the case shows. */
  readonly statement: string;
  /** Why the case cannot pass in whole; the steps then show what happens instead. */
  readonly limit?: string;
  readonly steps: readonly Step[];
  readonly leaves?: Leaves;
};

/** The cases of one block of the certification. */
export type ConformanceBlock = {
  readonly name: string;
  readonly protocol: 'ocpp1.6' | 'ocpp2.0.1';
  readonly cases: readonly ConformanceCase[];
};
