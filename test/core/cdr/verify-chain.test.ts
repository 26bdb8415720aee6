import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Cdr, CdrContent } from '../../../core/cdr/cdr.ts';
import { cdrFromReadings } from '../../../core/cdr/cdr-from-readings.ts';
import { creditCdr } from '../../../core/cdr/credit-cdr.ts';
import { renumberCdr } from '../../../core/cdr/renumber-cdr.ts';
import { type ChainEnd, contentHash, sealCdr, sealedText } from '../../../core/cdr/seal-cdr.ts';
import { verifyChain } from '../../../core/cdr/verify-chain.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const verifySignature = (message: Uint8Array, signature: string): boolean =>
  verify('sha256', message, publicKey, Buffer.from(signature, 'base64'));

const sealed = (content: CdrContent, previous: ChainEnd | null | undefined): Cdr => {
  const seal = sealCdr(content, previous ?? undefined, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature } };
};

const contentBy = (meterStop: number): CdrContent =>
  cdrFromReadings(sessionOf(startedEvent(), stoppedEvent({ meterStop })), tariff, stored, rules);

/** A CDR that was credited, its credit, and the one that stands in for it. */
const chainOf = (original: CdrContent, credit: CdrContent, correction: CdrContent) => {
  const first = sealed(original, undefined);
  const second = sealed(credit, first.seal);
  const third = sealed(correction, second.seal);
  const credited: Cdr = { ...first, state: 'credited', creditedBy: second.cdrId };
  return [credited, second, third] as const;
};

const original = contentBy(8000);
const correction = renumberCdr(contentBy(8100), 2);
const chain = chainOf(original, creditCdr(original), correction);
const [first, second, third] = chain;

const verdictOn = (cdrs: readonly Cdr[]) => verifyChain(cdrs, () => ({ verifySignature }));
const broken = (cdrs: readonly Cdr[]) => verdictOn(cdrs).problems.map(({ cdrId }) => cdrId);

describe('the chain of a charger', () => {
  it('is whole with every CDR in it, in whatever order they are told', () => {
    const held: Cdr = { ...first, state: 'held', seal: null };

    expect(verdictOn([third, held, first, second])).toEqual({
      valid: true,
      cdrs: 3,
      problems: [],
    });
    expect(verdictOn([])).toEqual({ valid: true, cdrs: 0, problems: [] });
  });

  it('misses each CDR that is not there, but for the last', () => {
    expect(broken([second, third])).toContain(second.cdrId);
    expect(broken([first, third])).toContain(third.cdrId);
    expect(broken([first, second])).toEqual([]);
  });

  it('notices a CDR twice, changed, or in the place of another', () => {
    expect(broken([first, second, second, third])).toContain(second.cdrId);
    expect(broken([first, second, { ...third, accountId: 'other' }])).toEqual([
      third.cdrId,
      third.cdrId,
    ]);
    const elsewhere = sealed(correction, undefined);
    expect(broken([elsewhere, first])).not.toEqual([]);
  });

  it('bills and credits no session twice, each with a seal of its own', () => {
    const billedTwice = sealed(original, third.seal);
    expect(verdictOn([...chain, billedTwice]).problems).toEqual([
      { cdrId: first.cdrId, message: 'A CDR before it has the same id.' },
    ]);
    const creditedTwice = sealed(creditCdr(original), third.seal);
    expect(verdictOn([...chain, creditedTwice]).problems).toEqual([
      { cdrId: second.cdrId, message: 'A CDR before it has the same id.' },
    ]);
  });

  it('has credits of what is in it, to the last value, and nothing replaced that was not credited', () => {
    const another = creditCdr({ ...original, accountId: 'other' });
    expect(verdictOn(chainOf(original, another, correction)).problems).toEqual([
      { cdrId: second.cdrId, message: 'It takes back what no CDR before it says.' },
    ]);
    const { creditedBy: _since, ...sealedOne } = first;
    const neverCredited: Cdr = { ...sealedOne, state: 'sealed' };
    expect(broken([neverCredited, second, third])).toEqual([second.cdrId, third.cdrId]);
    const alone = sealed(renumberCdr(contentBy(8100), 3), first.seal);
    expect(verdictOn([first, alone]).problems.map(({ message }) => message)).toEqual([
      'It is said to be credited, but its credit is missing.',
      'It stands in for a CDR that was not credited before it.',
    ]);
  });
});
