import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTransparencyXml } from '../../../core/ocmf/read-transparency-xml.ts';
import { checkReceipt } from '../../../core/receipt/check-receipt.ts';
import type { ReceiptValue } from '../../../core/receipt/receipt.ts';
import { transparencyXml } from '../../../core/receipt/transparency-xml.ts';
import { meter, recordOf, registered } from '../cdr/signed-samples.ts';

const value = (record: string, more: Partial<ReceiptValue> = {}): ReceiptValue => ({
  format: 'ocmf',
  record,
  publicKey: registered().publicKey,
  contexts: ['Transaction.Begin'],
  verdict: 'valid',
  message: '',
  ...more,
});

const start = value(recordOf('B', 0, '1.000'));
const stop = value(recordOf('E', 60, '8.000'));

const outcomes = (...given: Parameters<typeof checkReceipt>): readonly string[] => {
  const { values, energy } = checkReceipt(...given);
  return [...values, ...energy].map(({ outcome }) => outcome);
};

describe('the check of a receipt', () => {
  it('a receipt passes where its meter signed each value and just the energy on the bill', () => {
    const receipt = { signedValues: [start, stop], signedEnergyKwh: 7, energyKwh: 7 };
    expect(meter).toBeDefined();
    expect(outcomes(receipt)).toEqual(['passed', 'passed', 'passed']);
    expect(checkReceipt(receipt).energy[0]?.message).toContain('7 kWh');
  });

  it('a receipt fails on any other energy, and on any value that was changed by one digit', () => {
    const signedValues = [start, stop];
    expect(outcomes({ signedValues, signedEnergyKwh: 7, energyKwh: 7.001 })).toEqual([
      'passed',
      'passed',
      'failed',
    ]);
    const forged = value(stop.record?.replace('8.000', '9.000') ?? '');
    const receipt = { signedValues: [start, forged], signedEnergyKwh: 8, energyKwh: 8 };
    expect(outcomes(receipt).slice(0, 2)).toEqual(['passed', 'failed']);
    expect(outcomes(receipt)).not.toEqual(['passed', 'passed', 'passed']);
  });

  it('a value without its key, of another format or known by its hash alone is neither right nor wrong', () => {
    const { publicKey: _, ...keyless } = start;
    const { record: __, ...hashed } = { ...start, recordHash: '00' };
    const signedValues = [keyless, hashed, value('x', { format: 'alfen' })];
    expect(outcomes({ signedValues, signedEnergyKwh: null, energyKwh: 7 })).toEqual([
      'open',
      'open',
      'open',
    ]);
  });
});

describe('the file of the signed values', () => {
  it('the file of the Transparenzsoftware gives back every record and key as it was', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).map((one) => `x${one}x`);
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const signedValues = pairs.map(([record, publicKey]) => value(record, { publicKey }));
        const read = readTransparencyXml(transparencyXml({ signedValues, sessionId: 'ses_1' }));
        expect(read).toEqual(
          pairs.map(([data, publicKey]) => ({ data, format: 'OCMF', publicKey })),
        );
      }),
    );
  });
});
