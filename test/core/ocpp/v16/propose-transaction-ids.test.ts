import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../../../core/ocpp/event.ts';
import { proposeTransactionIds } from '../../../../core/ocpp/v16/propose-transaction-ids.ts';

const start: EventOf<'sessionStarted'> = {
  kind: 'sessionStarted',
  evseId: 1,
  connectorId: 1,
  tokenId: 'Card1',
  timestamp: '2026-03-02T10:00:00Z',
  meterStart: 1000,
  raw: '{}',
};

const idsOf = (change: Partial<typeof start> = {}, chargerKey = 'cp-1'): readonly string[] => [
  ...proposeTransactionIds(chargerKey, { ...start, ...change }),
];

describe('the transaction ids of a start of OCPP 1.6', () => {
  it('the proposed transaction ids are the same for the same start, in any case of the token and any form of the message', () => {
    expect(idsOf({ tokenId: 'CARD1', raw: '{ }' })).toEqual(idsOf());
    // By coreutils: 1 + the first 4 bytes of the SHA-256 of the content, modulo 2^31 - 2.
    expect(idsOf()[0]).toBe('1669606391');
  });

  it('the proposed transaction ids differ between different starts', () => {
    const others = [
      idsOf({}, 'cp-2'),
      idsOf({ meterStart: 1001 }),
      idsOf({ connectorId: 2 }),
      idsOf({ tokenId: 'Card2' }),
      idsOf({ timestamp: '2026-03-02T10:00:01Z' }),
    ];
    expect(new Set([idsOf(), ...others].map(([first]) => first)).size).toBe(others.length + 1);
  });

  it('32 different transaction ids are proposed, all of which every charger can store', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (tokenId, meterStart) => {
        const ids = idsOf({ tokenId, meterStart });

        expect(new Set(ids).size).toBe(32);
        for (const id of ids) {
          expect(id).toMatch(/^[1-9][0-9]*$/);
          expect(Number(id)).toBeLessThanOrEqual(2 ** 31 - 2);
        }
      }),
      { numRuns: 50 },
    );
  });
});
