import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import { renumberCdr } from '../../../core/cdr/correct/renumber-cdr.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import {
  type ChainEnd,
  contentHash,
  sealCdr,
  sealedText,
} from '../../../core/cdr/seal/seal-cdr.ts';
import { readDocument } from '../../../core/cdr/verify/read-document.ts';
import { readListedMessages } from '../../../core/cdr/verify/read-listed-messages.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { verifyChain } from '../../../core/cdr/verify/verify-chain.ts';
import { ordinaryContent, rules, stored } from './cdr-samples.ts';
import { leavesOf, type Path, placesOf, withValueAt } from './change-value.ts';
import { registered, signedContent, signedEnds, stopMessage } from './signed-samples.ts';
import { testSealKey } from './test-seal-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const key = testSealKey(publicKey);
const ownKey = { ...key, source: 'carried' } as const;

const sealed = (content: CdrContent, previous?: ChainEnd | null): Cdr => {
  const seal = sealCdr(canonicalJson(content), previous ?? undefined, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return {
    ...content,
    state: 'sealed',
    seal: { ...seal, signature, publicKey: key.publicKey },
  };
};

const content = ordinaryContent();
const first = sealed(content);
const credit = sealed(creditCdr(content), first.seal);
const credited: Cdr = { ...first, state: 'credited', creditedBy: credit.cdrId };
const correction = sealed(renumberCdr({ ...content, accountId: 'acc_2' }, 2), credit.seal);
const chain = [credited, credit, correction];
const ends = signedEnds();
const signed = sealed(
  signedContent([stopMessage(ends.map((value) => ({ value, format: 'SignedData' })))], {
    meterKeys: [registered()],
  }),
);

const cdrs: readonly (readonly [string, Cdr])[] = [
  ['a sealed CDR', first],
  ['a credited CDR', credited],
  ['a credit', credit],
  ['a CDR with signed values', signed],
];

const proof = { rules, key: ownKey };
const verdictOn = (value: unknown) => verifyCdr(value, proof);
const verdictOnChain = (value: unknown) => verifyChain(content.chargerId, value, () => ownKey);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Values that may be anywhere: other types, other numbers, what looks like a number, and what breaks code that trusts. */
const intruders: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  2,
  1e300,
  0.1 + 0.2,
  '',
  '0',
  'NaN',
  '1e999',
  '0x10',
  '-',
  '\ud83d',
  '\u0000',
  [],
  [[]],
  [null],
  {},
  { length: -1 },
  { toString: 1, valueOf: null },
  JSON.parse('{"__proto__": {"valid": true}, "constructor": null}'),
];

let next = 0;
/** A few of them, and at the next place others. */
const someIntruders = (count = 3): readonly unknown[] =>
  Array.from({ length: count }, () => intruders[next++ % intruders.length]);

const expectRefused = (verdict: ReturnType<typeof verdictOn>, about: string): void => {
  expect([about, verdict.valid]).toEqual([about, false]);
  expect(verdict.checks.length).toBeGreaterThan(0);
};

describe('the verdict on anything', () => {
  it.each(cdrs)('%s as it was sealed is valid', (_name, cdr) => {
    expect(verdictOn(cdr).verdict).toBe('valid');
    expect(verdictOnChain(chain).valid).toBe(true);
  });

  it.each(cdrs)(
    '%s of which any value was replaced by any other, taken out, or given a companion is not valid, and never breaks verification',
    (_name, cdr) => {
      for (const place of placesOf(cdr)) {
        for (const intruder of [...someIntruders(), undefined]) {
          const changed = withValueAt(cdr, place, intruder);
          if (same(changed, cdr)) continue;
          expectRefused(verdictOn(changed), `${place.join('.')} = ${JSON.stringify(intruder)}`);
        }
      }
    },
  );

  it.each(cdrs)('%s with a key more in any of its objects is not valid', (_name, cdr) => {
    const objects = placesOf(cdr, 'objects');
    expect(objects.length).toBeGreaterThan(10);
    for (const place of objects) {
      const name = ['more', '__proto__', 'constructor', 'valid'][place.length % 4] ?? '';
      const changed = withValueAt(cdr, [...place, name], 'more');
      expectRefused(verdictOn(changed), `${place.join('.')} with ${name}`);
    }
  });

  it.each(cdrs)(
    '%s with a link to a receipt is as valid as without, and the verdict says that nothing proves the link',
    (_name, cdr) => {
      const { verdict, checks } = verdictOn({ ...cdr, receiptUrl: 'https://elsewhere.example/' });

      expect(verdict).toBe('valid');
      expect(checks.at(-1)).toMatchObject({ check: 'receipt', outcome: 'skipped' });
      expect(verdictOn(cdr).checks.map(({ check }) => check)).not.toContain('receipt');
    },
  );

  it('a chain of which any value of any CDR was replaced is not valid, and never breaks verification', () => {
    for (const place of placesOf(chain)) {
      for (const intruder of [...someIntruders(1), undefined]) {
        const changed = withValueAt(chain, place, intruder);
        const isShortened = place.length === 1 && intruder === undefined;
        if (same(changed, chain) || isShortened) continue;
        const { valid, checks } = verdictOnChain(changed);
        expect([place.join('.'), intruder, valid]).toEqual([place.join('.'), intruder, false]);
        expect(checks.length).toBeGreaterThan(0);
      }
    }
  });

  const anyPlace = (root: object): fc.Arbitrary<Path> => fc.constantFrom(...placesOf(root));

  it('any JSON whatsoever, alone or anywhere in a CDR or a chain, has a verdict, and none is valid', () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(anything, anyPlace(first), anyPlace(chain), (json, place, chainPlace) => {
        expectRefused(verdictOn(json), 'alone');
        expect(verdictOnChain(json).valid).toBe(false);
        expect(verdictOnChain([json]).valid).toBe(false);
        const changed = withValueAt(first, place, json);
        expect(verdictOn(changed).valid).toBe(same(changed, first));
        const broken = withValueAt(chain, chainPlace, json);
        expect(verdictOnChain(broken).valid).toBe(same(broken, chain));
      }),
      { numRuns: 50 },
    );
  });

  it('JSON that nests deeper than any stack has a verdict', () => {
    const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown;
    expectRefused(verdictOn(deep), 'alone');
    expectRefused(verdictOn({ ...first, more: deep }), 'inside');
    expect(verdictOnChain([{ ...first, more: deep }]).valid).toBe(false);
  });

  it('readings in any form have a verdict, and only those of the CDR are valid', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const places = placesOf(stored);
    const verdictWith = (value: unknown) =>
      verifyCdr(first, { ...proof, readings: readListedMessages(value) });
    expect(verdictWith(stored).valid).toBe(true);
    fc.assert(
      fc.property(anything, fc.constantFrom(...places), (json, place) => {
        expectRefused(verdictWith(json), 'alone');
        const changed = withValueAt(stored, place, json);
        expect(verdictWith(changed).valid).toBe(same(changed, stored));
      }),
    );
  });
});

describe('the text of a CDR', () => {
  const text = JSON.stringify(first);
  const verdictOnText = (given: string) => {
    const read = readDocument(given);
    return read.kind === 'json' ? verdictOn(read.value).verdict : read.kind;
  };

  it('a byte order mark and blanks before the text of a CDR change nothing', () => {
    expect(verdictOnText(`\uFEFF${text}`)).toBe('valid');
    expect(verdictOnText(`\uFEFF\r\n ${JSON.stringify(first, null, 2)}\n`)).toBe('valid');
  });

  it('a key that is repeated anywhere in the text of a CDR, with the same value or another one, is refused', () => {
    const objects = placesOf(first, 'objects');
    for (const place of objects) {
      const marked = JSON.stringify(withValueAt(first, [...place, 'repeated'], 1));
      for (const twice of ['"repeated":1,"repeated":1', '"repeat\\u0065d":2 , "repeated" :\n1']) {
        expect(verdictOnText(marked.replace('"repeated":1', twice))).toBe('ambiguous');
      }
    }
  });

  it('a number with more digits than readers keep is refused anywhere, and one that is written otherwise is not', () => {
    const numbers = leavesOf(first).flatMap((place) => {
      const marked = JSON.stringify(withValueAt(first, place, '@'));
      const [before = '', after = ''] = marked.split('"@"');
      const literal = text.slice(before.length, text.length - after.length);
      return /^-?\d/.test(literal) ? [{ before, literal, after }] : [];
    });
    expect(numbers.length).toBeGreaterThan(10);
    for (const { before, literal, after } of numbers) {
      const written = (other: string) => verdictOnText(before + other + after);
      const point = literal.includes('.') ? '' : '.';
      // Close to 0 a double keeps it, and it is another number.
      const expected = Number(literal) === 0 ? 'not valid' : 'ambiguous';
      expect(written(`${literal}${point}00000000000000000000001`)).toBe(expected);
      expect(written(`${literal}${point}000`)).toBe('valid');
      expect(written(`${literal}e0`)).toBe('valid');
    }
  });
});
