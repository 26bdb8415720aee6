import type { JsonLiteral } from '../../units/json-literals.ts';

/** Fields that the version of a partner's document does not know, kept as received and sent on unchanged. */
export type Extra = { readonly extra?: { readonly [name: string]: JsonLiteral } };
