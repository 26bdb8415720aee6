import type { JsonLiteral } from '../../units/json-literals.ts';

/** Facts that a repair may need. */
export type QuirkFacts = {
  /** ISO 8601 UTC: when the document arrived. */
  readonly receivedAt: string;
};

/** A known mistake in the documents of a partner: repaired before they are read. */
export type DocumentQuirk = {
  readonly kind: 'document';
  readonly name: string;
  /** One sentence for the operator. */
  readonly meaning: string;
  readonly repair: (document: JsonLiteral, facts: QuirkFacts) => JsonLiteral;
};

/** A known mistake in the way a partner talks: the code that writes or reads requests asks for it by name. */
export type ConnectionQuirk = {
  readonly kind: 'connection';
  readonly name: string;
  readonly meaning: string;
};
