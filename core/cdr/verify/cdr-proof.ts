import type { CdrRules } from '../compute/cdr-rules.ts';
import type { StoredMessage } from '../model/stored-message.ts';
import type { ChainEnd } from '../seal/seal-cdr.ts';

/** A stored message as it is listed: with its time and its decoded form where they are included. */
export type ListedMessage = StoredMessage & {
  readonly at?: unknown;
  readonly values?: unknown;
  readonly state?: unknown;
};

/** Why a proof that was given cannot be used; one sentence. The check that needs it fails. */
export type UnusableProof = { readonly problem: string };

/** A public key that seals are checked with. */
export type SealKey = {
  /** Given by whoever checks, from a published list of keys, or carried by the CDR: that proves its wholeness, not who sealed it. */
  readonly source: 'given' | 'published' | 'carried';
  /** SPKI DER in base64. */
  readonly publicKey: string;
  /** When the key was replaced, ISO 8601 in UTC, where its list says so. */
  readonly validUntil?: string;
  /** Verifies ECDSA P-256 with SHA-256 over a message; the signature is DER in base64. */
  readonly verify: (message: Uint8Array, signature: string) => boolean;
};

/** The key of a seal, or why there is none. */
export type SignatureProof = SealKey | UnusableProof;

/** The proofs a CDR can be checked against. */
export type CdrProof = {
  /** All stored messages of the session, and how they are read and priced. */
  readonly readings?: readonly ListedMessage[] | UnusableProof;
  readonly rules?: CdrRules;
  /** The seal before this one in the charger's chain. */
  readonly previous?: ChainEnd | UnusableProof;
  readonly key?: SignatureProof;
};

/** True for a proof that cannot be used. */
export const isUnusable = (proof: object): proof is UnusableProof => 'problem' in proof;
