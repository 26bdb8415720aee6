import type { JsonLiteral } from '../../units/json-literals.ts';
import { writeJsonLiterals } from '../../units/write-json-literals.ts';
import { documentQuirks } from './document-quirks.ts';
import type { QuirkFacts } from './quirk.ts';

/** A document after the repairs of a partner's known mistakes, and which of them it had. */
export type RepairedDocument = {
  readonly document: JsonLiteral;
  /** Names of the quirks that changed something, in the order of the repairs. */
  readonly applied: readonly string[];
};

/** Repairs a document by the quirks that a partner's connection names; unknown names do nothing. */
export const repairDocument = (
  received: JsonLiteral,
  names: readonly string[],
  facts: QuirkFacts,
): RepairedDocument => {
  const applied: string[] = [];
  let document = received;
  for (const { name, repair } of documentQuirks) {
    if (!names.includes(name)) continue;
    const repaired = repair(document, facts);
    if (writeJsonLiterals(repaired) !== writeJsonLiterals(document)) applied.push(name);
    document = repaired;
  }
  return { document, applied };
};
