import { expect, it } from 'vitest';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import { type AttemptFacts, nextMove } from '../../../core/payment/next-move.ts';
import type { ProviderState } from '../../../core/payment/provider.ts';

const now = Date.UTC(2026, 2, 1);

const attempt: AttemptFacts['attempt'] = {
  attemptId: 'payaaaaaaaaaaaaaaaaa',
  operatorId: 'op_a',
  chargerKey: 'op_a#cp-1',
  chargerId: 'CP-1',
  evseId: 1,
  connectorId: 1,
  currency: 'EUR',
  hold: minorUnits(5_000n),
  mostHold: minorUnits(5_000n),
  createdAt: new Date(now).toISOString(),
  pageUrl: 'https://api.example/pay/x',
  description: 'Charging',
};

const captured = (refunds: Partial<ProviderState>): ProviderState => ({
  reference: 'cs_1',
  state: 'captured',
  held: minorUnits(0n),
  captured: minorUnits(900n),
  refunded: minorUnits(0n),
  refundFailed: minorUnits(0n),
  ...refunds,
});

it.each([
  ['nothing of it', {}, { kind: 'refund', amount: 600n }],
  ['all of it', { refunded: minorUnits(600n) }, { kind: 'done' }],
  ['all of it, which came back', { refundFailed: minorUnits(600n) }, { kind: 'done' }],
  [
    'all of it, which is on its way',
    { refunded: minorUnits(600n), isRefundPending: true as const },
    { kind: 'follow', seconds: 21_600 },
  ],
  [
    'less than that, which came back',
    { refundFailed: minorUnits(200n) },
    { kind: 'refund', amount: 400n },
  ],
])(
  'of a bill that was corrected from 9 to 3, %s was given back: that decides what is next',
  (_which, refunds, move) => {
    const facts = { attempt, session: 'ended', cost: undefined, now } as const;
    const due = minorUnits(300n);
    expect(nextMove({ ...facts, due, payment: captured(refunds) })).toEqual(move);
  },
);

it('a refund on its way is followed by one row of looks, and by another one where that was lost', () => {
  const payment = captured({ refunded: minorUnits(600n), isRefundPending: true });
  const facts = { session: 'ended', cost: undefined, due: minorUnits(300n), payment } as const;
  const moveAt = (seconds: number) => {
    const refundLookAt = new Date(now + 21_600_000).toISOString();
    return nextMove({ ...facts, attempt: { ...attempt, refundLookAt }, now: now + seconds * 1000 });
  };

  expect([0, 21_000].map(moveAt)).toEqual([{ kind: 'done' }, { kind: 'done' }]);
  expect([21_599, 21_600, 90_000].map(moveAt).map(({ kind }) => kind)).toEqual([
    'follow',
    'follow',
    'follow',
  ]);
});
