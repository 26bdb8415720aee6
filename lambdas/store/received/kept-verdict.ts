import type { CdrVerdict } from '../../../core/ocpi/check/check-cdr.ts';
import { leanVerdict } from '../../../core/ocpi/check/lean-verdict.ts';
import { document, type Item } from '../table/item.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';

/** The dictionary that verdicts are packed with. */
const dictionary = 2;

/** Bytes of a verdict that is kept as it is, and of any before it is packed. */
const most = { plain: 10_000, text: 1_000_000 } as const;

/** A verdict on a CDR for an item in which so many bytes are free: packed where it is long, and without details where it is longer. */
export function keptVerdict(verdict: CdrVerdict, free: number): Item[string] | undefined {
  for (const one of [verdict, leanVerdict(verdict)]) {
    const written = JSON.stringify(one);
    const bytes = Buffer.byteLength(written, 'utf8');
    if (bytes <= Math.min(most.plain, free)) return { S: written };
    if (bytes > most.text) continue;
    const packed = packedText(written, dictionary);
    if ((packed.B?.length ?? 0) <= free) return packed;
  }
  return undefined;
}

/** Reads the verdict on a CDR from its item. */
export const keptVerdictFrom = (item: Item): CdrVerdict =>
  item['verdict']?.B === undefined
    ? document<CdrVerdict>(item, 'verdict')
    : JSON.parse(unpackedText(item, 'verdict'));
