import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { type ChainEnd, sealCdr } from '../../../core/cdr/seal/seal-cdr.ts';
import type { CdrProof, SealKey } from '../../../core/cdr/verify/cdr-proof.ts';
import { isDerSignature } from '../../../core/cdr/verify/is-der-signature.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { ordinaryContent, rules, sessionOf, stored, tariff } from './cdr-samples.ts';

/** Two integers of 1 in DER, which stands for a signature where a test does not ask for a key. */
const signature = 'MAYCAQECAQE=';
const content = ordinaryContent();

const sealedAfter = (previous?: ChainEnd, given: CdrContent = content): Cdr => ({
  ...given,
  state: 'sealed',
  seal: { ...sealCdr(canonicalJson(given), previous, 'key1'), signature },
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

const key: SealKey = {
  source: 'given',
  publicKey: 'MFkw',
  verify: (_message, given) => given === signature,
};
const proof: CdrProof = {
  readings: stored,
  rules,
  key,
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
      verdict: 'valid',
      key: { keyId: 'key1', source: 'given', publicKey: 'MFkw' },
      checks: [
        ['shape', 'Everything has the form that it has in a CDR.'],
        ['state', 'The CDR is sealed, with seal and price.'],
        ['arithmetic', 'Times and lines add up.'],
        ['hash', 'The hash matches the content, place, previous hash and key.'],
        ['chain', 'The CDR is the first of its charger and has no predecessor.'],
        ['signature', 'The CDR was signed by the key key1, which was given.'],
        ['readings', 'The readings are those the CDR was computed from.'],
        ['content', 'Energy, times and price follow from the readings.'],
      ].map(([check, message]) => ({ check, outcome: 'passed', message })),
    });
  });

  it('a held CDR is never valid, because nothing proves it: its verdict is not sealed', () => {
    expect(verifyCdr(held, {})).toEqual({
      valid: false,
      verdict: 'not sealed',
      checks: [
        ['shape', 'passed', 'Everything has the form that it has in a CDR.'],
        [
          'state',
          'passed',
          'The CDR is held, without seal and price: nothing proves that it is ours.',
        ],
        ['arithmetic', 'passed', 'Times and lines add up.'],
        ['hash', 'skipped', 'Not sealed.'],
        ['chain', 'skipped', 'Not sealed.'],
        ['signature', 'skipped', 'Not sealed.'],
        ['readings', 'skipped', 'No readings were given.'],
        ['content', 'skipped', 'The readings were not given.'],
      ].map(([check, outcome, message]) => ({ check, outcome, message })),
    });
    expect(verifyCdr(held, proof)).toMatchObject({ valid: false, verdict: 'not sealed' });
  });
});

describe('the state of a CDR', () => {
  const { total } = content;
  const mustHaveBoth = (state: string) =>
    `A ${state} CDR must have a seal and a price, and no candidates for one.`;
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

describe('a held CDR', () => {
  const stripped: Cdr = {
    ...sealed,
    state: 'held',
    seal: null,
    total: null,
    unrounded: null,
    lines: [],
    periods: [],
  };
  const mustHaveReason = 'A held CDR must have an anomaly that holds it, and no decision about it.';
  const error = { code: 'NO_TARIFF', severity: 'error', message: '' } as const;
  const decision = {
    kind: 'accept',
    decidedAt: '2026-03-03T09:00:00.000Z',
    decidedBy: { apiKeyId: 'key1', name: 'Back office' },
  } as const;

  it('a sealed CDR that was made to look held is found, for it has no reason to be held', () => {
    expect(checked('state', stripped, {})).toEqual(['failed', mustHaveReason]);
    const basis = { ...stripped.evidence.basis, decision };
    const decided = { ...held, evidence: { ...held.evidence, basis } };
    expect(checked('state', decided, {})).toEqual(['failed', mustHaveReason]);
  });

  it('a sealed CDR that was made to look held by an invented anomaly is found by its readings', () => {
    const invented = { ...stripped, anomalies: [error] };
    expect(checked('state', invented)[0]).toBe('passed');
    expect(verifyCdr(invented, {}).verdict).toBe('not sealed');
    expect(verifyCdr(invented, proof).verdict).toBe('not valid');
    expect(checked('content', invented)[0]).toBe('failed');
  });

  it.each<[string, Partial<Cdr>]>([
    ['lines', { lines: sealed.lines }],
    ['periods', { periods: sealed.periods }],
    ['an exact price', { unrounded: sealed.unrounded }],
    ['a predecessor', { replaces: 'cdr_x' }],
    ['a CDR that it credits', { creditOf: 'cdr_x' }],
  ])('a held CDR with %s of a sealed one fails the check of its state', (_words, changed) => {
    expect(checked('state', { ...held, ...changed }, {})[0]).toBe('failed');
  });
});

describe('the key of a seal', () => {
  const receivedAt = content.evidence.session.stop?.receivedAt ?? '';

  it('verification says where the key came from, and does not take one that the CDR does not carry', () => {
    const carrying = { ...sealed, seal: { ...seal, publicKey: 'MFkw' } };
    const by = (source: SealKey['source']) =>
      checked('signature', carrying, { key: { ...key, source } })[1];
    expect(by('given')).toContain('key1, which was given');
    expect(by('published')).toContain('key1, which is in the list of published keys');
    expect(by('carried')).toContain('key1, which only came with the CDR itself');
    const other = { ...carrying, seal: { ...carrying.seal, publicKey: 'MFkx' } };
    expect(checked('signature', other)).toEqual([
      'failed',
      'The public key that the CDR carries is not the one to check it with.',
    ]);
  });

  it('a key that was replaced seals no session that ended afterwards', () => {
    const until = (time: string) =>
      checked('signature', sealed, { key: { ...key, validUntil: time } })[0];
    expect(until(receivedAt)).toBe('passed');
    expect(until(new Date(Date.parse(receivedAt) - 1).toISOString())).toBe('failed');
  });

  it('a proof that cannot be used fails the check that needs it', () => {
    const problem = 'It is damaged.';
    expect(checked('signature', sealed, { key: { problem } })).toEqual(['failed', problem]);
    expect(checked('readings', sealed, { readings: { problem } })).toEqual(['failed', problem]);
    expect(checked('chain', sealed, { previous: { problem } })).toEqual(['failed', problem]);
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
    [
      'a malformed line and total',
      {
        total: money('-', '-'),
        lines: content.lines.map((line) => ({ ...line, exclVat: '-', inclVat: '-' })),
      },
      'the lines without VAT, the lines with VAT',
    ],
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
    expect(checked('hash', saying({ energyKwh: 0.1 + 0.2 }))).toEqual(['failed', message]);
    const moved = { ...sealed, seal: { ...seal, keyId: 'key2' } };
    expect(checked('hash', moved)).toEqual(['failed', message]);
  });

  it('a seal is signed by its key', () => {
    const message = 'The signature does not match this key, content and place.';
    const never = { ...proof, key: { ...key, verify: () => false } };
    expect(checked('signature', sealed, never)).toEqual(['failed', message]);
    const raw = { ...sealed, seal: { ...seal, signature: 'AAAA' } };
    const always = { ...proof, key: { ...key, verify: () => true } };
    expect(checked('signature', raw, always)).toEqual(['failed', message]);
    expect(checked('signature', saying({ energyKwh: 0.1 + 0.2 }), always)).toEqual([
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
    expect(verifyCdr(nameless, proof).checks.map(({ message }) => message)).toEqual([
      'This is no CDR: accountId is missing or malformed.',
    ]);
    expect(checked('content', { ...sealed, paid: '' } as Cdr)).toEqual(another('paid'));
  });

  it('malformed content of a CDR fails verification without crashing it', () => {
    const [element] = tariff.elements;
    const priceComponents = element?.priceComponents.map((one) => ({ ...one, price: 'dear' }));
    const absurd = saying({
      tariff: { ...tariff, elements: [{ priceComponents: priceComponents ?? [] }] },
    });
    expect(checked('content', absurd)).toEqual([
      'failed',
      'The content of the CDR cannot be recomputed: it is malformed.',
    ]);
  });
});
