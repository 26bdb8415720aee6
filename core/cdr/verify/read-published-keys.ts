import { listOf, nullable, object, text } from './shape.ts';

/** A public key of a deployment, as it publishes it. */
export type PublishedKey = {
  /** As seals name it. */
  readonly keyId: string;
  /** ECDSA on P-256 over the SHA-256 of what is sealed. */
  readonly algorithm: string;
  /** SPKI DER in base64. */
  readonly publicKey: string;
  /** Since when CDRs are sealed with it, ISO 8601 in UTC; null where that is not known. */
  readonly validFrom: string | null;
  /** When another key replaced it, ISO 8601 in UTC; null while it is in use. */
  readonly validUntil: string | null;
};

const published = object({
  items: listOf(
    object({
      keyId: text,
      algorithm: text,
      publicKey: text,
      validFrom: nullable(text),
      validUntil: nullable(text),
    }),
  ),
});

/** Reads the published keys of a deployment from a JSON value; undefined for any other. */
export const readPublishedKeys = (value: unknown): readonly PublishedKey[] | undefined =>
  published(value, '') === undefined
    ? (value as { readonly items: readonly PublishedKey[] }).items
    : undefined;
