import { expect } from 'vitest';
import { readSealKey } from '../../cli/read-seal-key.ts';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import type { CdrProof, ListedMessage } from '../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../core/cdr/verify/verify-cdr.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import { rulesFor } from '../../lambdas/billing/rules-for.ts';
import type { OperatorClient } from './operator-client.ts';

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** Reads a list of the operator API to its end, a few at a time. */
const readAll = async <Item>(operator: OperatorClient, path: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor = '';
  do {
    const { status, body } = await operator.get<Page<Item>>(`${path}limit=2&cursor=${cursor}`);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    items.push(...body.items);
    cursor = body.nextCursor ?? '';
  } while (cursor !== '');
  return items;
};

/** Data of the operator API to check a CDR with, apart from the key of its deployment. */
export const proofOf = async (
  operator: OperatorClient,
  cdr: Cdr,
  previous: Cdr | undefined,
): Promise<CdrProof> => ({
  readings: await readAll<ListedMessage>(operator, `/cdrs/${cdr.cdrId}/readings?`),
  rules: rulesFor(cdr.evidence.session, await loadDecoder([cdr.evidence.session.protocol])),
  ...(previous?.seal && { previous: previous.seal }),
});

/**
 * Audits all sealed CDRs of a charger as anybody can who has an API key: content, hash, signature and place in the
 * chain, one after the other and each with the same key. Gives them in the order of the chain.
 */
export const auditChain = async (
  operator: OperatorClient,
  chargerId: string,
): Promise<readonly Cdr[]> => {
  const all = await readAll<Cdr>(operator, `/cdrs?chargerId=${chargerId}&`);
  const chain = all
    .filter(({ seal }) => seal !== null)
    .sort((a, b) => (a.seal?.sequence ?? 0) - (b.seal?.sequence ?? 0));
  const { keyId, publicKey = '' } = chain[0]?.seal ?? {};
  for (const [index, cdr] of chain.entries()) {
    const proof = await proofOf(operator, cdr, chain[index - 1]);
    const key = readSealKey(publicKey, { source: 'given' });
    const { valid, checks } = verifyCdr(cdr, { ...proof, ...(key && { key }) });
    expect(cdr.seal?.keyId).toBe(keyId);
    expect([cdr.cdrId, valid, checks.filter(({ outcome }) => outcome !== 'passed')]).toEqual([
      cdr.cdrId,
      true,
      [],
    ]);
  }
  return chain;
};
