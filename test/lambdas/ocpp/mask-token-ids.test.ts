import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskTokenIds } from '../../../lambdas/ocpp/mask-token-ids.ts';

const token = fc.stringMatching(/^[A-Z0-9*=:+|@."\\/_-]{8,20}$/);
const json = JSON.stringify;

/** Where messages have a token, and how deep that is in texts of texts. */
const places: readonly ((id: string) => string)[] = [
  (id) => json({ idTag: id, timestamp: '2026-04-14T16:30:00Z' }),
  (id) => json({ idToken: { idToken: id, type: 'ISO14443' } }),
  (id) => json({ idToken: { idToken: 'x', additionalInfo: [{ additionalIdToken: id }] } }),
  (id) => json({ transactionData: [{ sampledValue: [{ value: `OCMF|${json({ ID: id })}|{}` }] }] }),
  (id) => json({ data: json({ idTag: id, connectorId: 1 }) }),
  (id) => json({ data: json({ inner: json({ parentIdTag: id }) }) }),
  (id) => json({ data: json({ signed: `OCMF|${json({ FV: '1.0', ID: id, RD: [] })}|{}` }) }),
  (id) => json({ IDTAG: id }),
];

describe('tokens in messages that are logged', () => {
  it('none is in the log, wherever it is in a message, and all else is', () => {
    const law = (id: string, place: (id: string) => string) => {
      const text = place(id);
      const masked = maskTokenIds(text);
      for (let inner = id, n = 0; n < 4; n += 1, inner = json(inner).slice(1, -1)) {
        expect(masked).not.toContain(inner);
      }
      expect(masked.slice(0, 8)).toBe(text.slice(0, 8));
      expect(masked.slice(-1)).toBe('}');
      expect(masked.includes('…')).toBe(true);
    };
    fc.assert(fc.property(token, fc.constantFrom(...places), law), { numRuns: 500 });
  });

  it('a message that breaks off within a token has none, and a number is a token too', () => {
    expect(maskTokenIds('{"connectorId":1,"idTag":"04A2B3C4D5')).toBe(
      '{"connectorId":1,"idTag":"04…D5',
    );
    expect(maskTokenIds('{"idTag":12345678901,"meterStart":5}')).toBe(
      '{"idTag":"12…01","meterStart":5}',
    );
    const inner = (tag: string) => json({ data: `{"idTag":${tag},"n":1}` });
    expect(maskTokenIds(inner('12345678901'))).toBe(inner('"12…01"'));
  });

  it('a message without a token is logged as it is', () => {
    for (const text of [
      '',
      '{"evse":{"id":1},"id":"x"}',
      '{"idTag":null}',
      '{"idTag":',
      'no JSON',
    ]) {
      expect(maskTokenIds(text)).toBe(text);
    }
  });

  it('a long text does not hold up whoever logs it', () => {
    for (const text of ['\\'.repeat(100_000), '"idTag":"'.repeat(20_000), '"ID":'.repeat(30_000)]) {
      const began = process.cpuUsage();
      maskTokenIds(text);
      expect(process.cpuUsage(began).user / 1000).toBeLessThan(1_000);
    }
  });
});
