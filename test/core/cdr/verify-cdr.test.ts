import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { type ChainEnd, sealCdr } from '../../../core/cdr/seal/seal-cdr.ts';
import { isDerSignature } from '../../../core/cdr/verify/is-der-signature.ts';
import { type CdrProof, verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { ordinaryContent, rules, sessionOf, stored, tariff } from './cdr-samples.ts';

/** Two integers of 1 in DER, which stands for a signature where a test does not ask for a key. */
const signature = 'MAYCAQECAQE=';
const content = ordinaryContent();

const sealedAfter = (previous?: ChainEnd, given: CdrContent = content): Cdr => ({
  ...given,
  state: 'sealed',
  seal: { ...sealCdr(given, previous, 'key1'), signature },
});
const sealed = sealedAfter();
const { seal } = sealed;
if (seal === null) throw new Error('no seal');

const refused = cdrFromReadings(
  sessionOf(startedEvent(), stoppedEvent()),
  undefined,
  stored,
  rules,
);
const held: Cdr = { ...refused, state: 'held', seal: null };

const proof: CdrProof = {
  readings: stored,
  rules,
  verifySignature: (_message, given, keyId) => given === signature && keyId === 'key1',
};

/** Outcome of one check of a CDR. */
const checked = (check: string, cdr: Cdr, given: CdrProof = proof) => {
  const found = verifyCdr(cdr, given).checks.find((one) => one.check === check);
  return [found?.outcome, found?.message];
};

/** A sealed CDR that says something else. */
const saying = (changed: Partial<CdrContent>): Cdr => ({ ...sealed, ...changed });

describe('the verdict on a CDR', () => {
  it('the verdict on a sealed CDR lists every check that it passed', () => {
    expect(verifyCdr(sealed, proof)).toEqual({
      valid: true,
      checks: [
        ['state', 'The CDR is sealed, with seal and price.'],
        ['arithmetic', 'Times and lines add up.'],
        ['hash', 'The hash matches the content, place, previous hash and key.'],
        ['chain', 'The CDR is the first of its charger and has no predecessor.'],
        ['signature', 'The CDR was signed by the given key.'],
        ['readings', 'The readings are those the CDR was computed from.'],
        ['content', 'Energy, times and price follow from the readings.'],
      ].map(([check, message]) => ({ check, outcome: 'passed', message })),
    });
  });

  it('the verdict on a held CDR lists the checks that do not apply', () => {
    expect(verifyCdr(held, {})).toEqual({
      valid: true,
      checks: [
        ['state', 'passed', 'The CDR is held, without seal and price.'],
        ['arithmetic', 'passed', 'Times and lines add up.'],
        ['hash', 'skipped', 'Not sealed.'],
        ['chain', 'skipped', 'Not sealed.'],
        ['signature', 'skipped', 'Not sealed.'],
        ['readings', 'skipped', 'No readings were given.'],
        ['content', 'skipped', 'The readings were not given.'],
      ].map(([check, outcome, message]) => ({ check, outcome, message })),
    });
    expect(verifyCdr(held, proof).valid).toBe(true);
  });
});

describe('the state of a CDR', () => {
  const { total } = content;
  const mustHaveBoth = (state: string) => `A ${state} CDR must have a seal and a price.`;
  const mustHaveNone = 'A held CDR must have neither seal nor price.';
  const mustName = 'A CDR names the credit of its own total exactly when it is credited.';
  const credited: Partial<Cdr> = { state: 'credited', creditedBy: `${content.cdrId}-C` };

  it.each<[string, Partial<Cdr>, string]>([
    ['held with a seal', { state: 'held', total: null }, mustHaveNone],
    ['held with a price', { state: 'held', seal: null }, mustHaveNone],
    ['sealed without a seal', { seal: null }, mustHaveBoth('sealed')],
    ['sealed without a price', { total: null }, mustHaveBoth('sealed')],
    ['credited without a seal', { ...credited, seal: null }, mustHaveBoth('credited')],
    ['credited without naming its credit', { state: 'credited' }, mustName],
    ['credited by another', { ...credited, creditedBy: 'cdr_x' }, mustName],
    ['sealed and yet credited', { creditedBy: `${content.cdrId}-C` }, mustName],
    [
      'anything else',
      { state: 'paid' as 'sealed' },
      'The CDR is neither held nor sealed nor credited.',
    ],
  ])('a CDR that is %s fails the check of its state', (_words, changed, message) => {
    expect(checked('state', { ...sealed, ...changed })).toEqual(['failed', message]);
    expect(verifyCdr({ ...sealed, ...changed }, proof).valid).toBe(false);
  });

  it('a credited CDR passes the check of its state', () => {
    expect(total).not.toBeNull();
    expect(checked('state', { ...sealed, ...credited })).toEqual([
      'passed',
      'The CDR is credited, with seal and price.',
    ]);
  });
});

describe('the sums of a CDR', () => {
  const money = (exclVat: string, inclVat: string) => ({ currency: 'EUR', exclVat, inclVat });
  const { durationSeconds, chargingSeconds, idleSeconds } = content;
  const total = content.total ?? money('', '');

  it.each<[string, Partial<CdrContent>, string]>([
    ['a longer duration', { durationSeconds: durationSeconds + 1 }, 'the times'],
    ['more idle time', { idleSeconds: idleSeconds + 1 }, 'the times'],
    [
      'a longer duration all of which was charging',
      { durationSeconds: durationSeconds + 1, chargingSeconds: chargingSeconds + 1 },
      'the times',
    ],
    [
      'another total without VAT',
      { total: { ...total, exclVat: '1.00' } },
      'the lines without VAT',
    ],
    ['another total with VAT', { total: { ...total, inclVat: '1.00' } }, 'the lines with VAT'],
    ['a malformed total', { total: money('', '') }, 'the lines without VAT, the lines with VAT'],
    ['lines without a total', { total: null }, 'the lines without VAT, the lines with VAT'],
  ])('the sums of a CDR do not add up with %s', (_words, changed, wrong) => {
    expect(checked('arithmetic', saying(changed))).toEqual([
      'failed',
      `These do not add up: ${wrong}.`,
    ]);
  });

  it('the sums of a credit are those of its lines, negated', () => {
    const credit = sealedAfter(undefined, creditCdr(content));
    expect(checked('arithmetic', credit)[0]).toBe('passed');
    expect(checked('arithmetic', { ...credit, creditOf: null })[0]).toBe('failed');
  });
});

describe('the seal of a CDR', () => {
  const previous: ChainEnd = { sequence: 4, hash: 'ab'.repeat(32) };
  const fifth = sealedAfter(previous);
  const follows = (given: ChainEnd | undefined, cdr: Cdr = fifth) =>
    checked('chain', cdr, { ...proof, ...(given && { previous: given }) });

  it('a CDR follows the previous one by number and by hash', () => {
    expect(follows(previous)).toEqual([
      'passed',
      'The CDR follows the previous one without a gap.',
    ]);
    const not = ['failed', 'The CDR does not follow the one given as its predecessor.'];
    expect(follows({ ...previous, sequence: 3 })).toEqual(not);
    expect(follows({ ...previous, hash: 'cd'.repeat(32) })).toEqual(not);
    expect(follows(undefined)).toEqual(['skipped', 'The previous CDR was not given.']);
  });

  it('the first CDR of a charger has no predecessor', () => {
    const not = [
      'failed',
      'The CDR has the first place in the chain of its charger and yet names a previous hash.',
    ];
    expect(follows(previous, sealed)).toEqual(not);
    const grounded = { ...sealed, seal: { ...seal, previousHash: 'ab'.repeat(32) } };
    expect(follows(undefined, grounded)).toEqual(not);
  });

  it('every change of the sealed content breaks the seal', () => {
    const message = 'The stated hash does not match the content, place, previous hash and key.';
    expect(checked('hash', saying({ energyKwh: 6 }))).toEqual(['failed', message]);
    expect(checked('hash', saying({ energyKwh: Number.NaN }))).toEqual(['failed', message]);
    const moved = { ...sealed, seal: { ...seal, keyId: 'key2' } };
    expect(checked('hash', moved)).toEqual(['failed', message]);
  });

  it('a seal is signed by its key', () => {
    const message = 'The signature does not match this key, content and place.';
    const never = { ...proof, verifySignature: () => false };
    expect(checked('signature', sealed, never)).toEqual(['failed', message]);
    const raw = { ...sealed, seal: { ...seal, signature: 'AAAA' } };
    const always = { ...proof, verifySignature: () => true };
    expect(checked('signature', raw, always)).toEqual(['failed', message]);
    expect(checked('signature', saying({ energyKwh: Number.NaN }), always)).toEqual([
      'failed',
      message,
    ]);
  });

  it.each<[string, readonly number[], boolean]>([
    ['two integers', [0x30, 6, 2, 1, 1, 2, 1, 1], true],
    ['no sequence', [0x31, 6, 2, 1, 1, 2, 1, 1], false],
    ['a sequence of another length', [0x30, 5, 2, 1, 1, 2, 1, 1], false],
    ['something other than an integer first', [0x30, 6, 3, 1, 1, 2, 1, 1], false],
    ['something other than an integer second', [0x30, 6, 2, 1, 1, 3, 1, 1], false],
    ['an integer that is longer than there is room', [0x30, 6, 2, 1, 1, 2, 2, 1], false],
    ['an integer that is shorter', [0x30, 6, 2, 1, 1, 2, 0, 1], false],
    ['nothing', [0x30, 0], false],
  ])('the signature of a seal is DER of two integers: %s (%j)', (_words, bytes, expected) => {
    expect(isDerSignature(Buffer.from(bytes).toString('base64'))).toBe(expected);
  });
});

describe('the content of a CDR', () => {
  const { evidence } = content;

  it.each(['metering', 'pricing', 'cdr'] as const)(
    'a CDR computed by other rules of %s is not compared with readings',
    (name) => {
      const cdr = saying({ evidence: { ...evidence, rules: { ...evidence.rules, [name]: 0 } } });
      expect(checked('content', cdr)).toEqual([
        'skipped',
        'The CDR was computed by another version of the rules.',
      ]);
    },
  );

  it('a CDR is compared with readings that can be read, and no others', () => {
    const { readings: _readings, ...unread } = proof;
    const { rules: _rules, ...unruled } = proof;
    const skipped = ['skipped', 'The readings were not given.'];
    expect(checked('content', sealed, unread)).toEqual(skipped);
    expect(checked('content', sealed, unruled)).toEqual(skipped);
  });

  it('verification names the content that differs from the readings', () => {
    const { accountId: _accountId, ...nameless } = sealed;
    const another = (names: string) => ['failed', `The readings give other values for: ${names}.`];
    expect(checked('content', saying({ energyKwh: 6 }))).toEqual(another('energyKwh'));
    expect(checked('content', saying({ energyKwh: 6, tokenId: 'CARD2' }))).toEqual(
      another('tokenId, energyKwh'),
    );
    expect(checked('content', nameless as Cdr)).toEqual(another('accountId'));
    expect(checked('content', { ...sealed, paid: '' } as Cdr)).toEqual(another('paid'));
  });

  it('malformed content of a CDR fails verification without crashing it', () => {
    const absurd = saying({ tariff: { ...tariff, elements: 'many' as never } });
    expect(checked('content', absurd)).toEqual([
      'failed',
      'The content of the CDR cannot be recomputed: it is malformed.',
    ]);
  });
});
