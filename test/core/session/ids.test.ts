import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionIdOf } from '../../../core/ocpp/v16/derive-transaction-id.ts';
import { cdrIdOf, sessionId } from '../../../core/session/session-id.ts';

const start = {
  chargerKey: 'cp-1',
  connectorId: 1,
  idTag: 'Card1',
  startedAt: '2026-03-02T10:00:00Z',
  meterStart: 1000,
};

describe('ids', () => {
  it('name a session by its charger and transaction alone', () => {
    expect(sessionId('cp-1', '7')).toMatch(/^ses_[a-z2-7]{26}$/);
    expect(sessionId('cp-1', '7')).toBe(sessionId('cp-1', '7'));
    expect(sessionId('cp-1', '8')).not.toBe(sessionId('cp-1', '7'));
    expect(sessionId('cp-2', '7')).not.toBe(sessionId('cp-1', '7'));
    expect(cdrIdOf('ses_abc')).toBe('cdr_abc');
  });

  it('are the first 130 bits of SHA-256 in base32', () => {
    // By coreutils: printf 'cp-1\n7' | sha256sum | xxd -r -p | base32
    expect(sessionId('cp-1', '7')).toBe('ses_n3acly6eemyolmw2cft7otysxf');
  });

  it('give a start its transaction id again, whatever the case of the card', () => {
    expect(transactionIdOf(start, 0)).toBe(transactionIdOf({ ...start, idTag: 'CARD1' }, 0));
    expect(transactionIdOf(start, 0)).not.toBe(transactionIdOf(start, 1));
    expect(transactionIdOf(start, 0)).not.toBe(transactionIdOf({ ...start, meterStart: 1001 }, 0));
    expect(transactionIdOf(start, 0)).not.toBe(transactionIdOf({ ...start, connectorId: 2 }, 0));
  });

  it('keep transaction ids within what every charger can hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(9), (idTag, meterStart, probe) => {
        const id = transactionIdOf({ ...start, idTag, meterStart }, probe);

        expect(id).toBeGreaterThanOrEqual(1);
        expect(id).toBeLessThanOrEqual(2 ** 31 - 2);
        expect(Number.isInteger(id)).toBe(true);
      }),
    );
  });
});
