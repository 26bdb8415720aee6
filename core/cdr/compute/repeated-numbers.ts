import type { DecodedMessage } from './cdr-rules.ts';

/** The numbers under which a charger sent different messages of one transaction, ascending. */
export const repeatedNumbers = (messages: readonly DecodedMessage[]): readonly number[] => {
  const contents = new Map<number, string>();
  const repeated = new Set<number>();
  for (const { numbered } of messages) {
    if (numbered === undefined) continue;
    const known = contents.get(numbered.seqNo);
    if (known === undefined) contents.set(numbered.seqNo, numbered.content);
    else if (known !== numbered.content) repeated.add(numbered.seqNo);
  }
  return [...repeated].sort((a, b) => a - b);
};
