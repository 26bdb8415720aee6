import type { Translation } from '../../core/ocpi/codec/translation.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';

/** The object of a translation that is always possible; throws for one that is not, which is a bug of ours. */
export const sent = (translation: Translation): JsonLiteral => {
  if (translation.kind === 'translated') return translation.object;
  throw new Error(`This can be said in every version: ${translation.reason}`);
};
