import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { type ChainEnd, sealCdr } from '../../core/cdr/seal/seal-cdr.ts';
import { sha256 } from '../runtime/sha256.ts';
import type { SealedCdr } from '../store/cdrs/cdr-item.ts';
import { cdrKeyId, type SignDigest } from './sign-digest.ts';

/** Seals a CDR at the end of its charger's chain, after `previous`: the text that is hashed and signed is the one that is kept. */
export async function sealContent(
  sign: SignDigest,
  content: CdrContent,
  previous: ChainEnd | undefined,
): Promise<SealedCdr> {
  const text = canonicalJson(content);
  const unsigned = sealCdr(text, previous, cdrKeyId(), sha256);
  const signature = await sign(unsigned.hash);
  return { content: text, seal: { ...signature, ...unsigned } };
}
