import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestHex } from '../../../core/cdr/seal/digest-hex.ts';
import { rulesFor } from '../../../lambdas/billing/rules-for.ts';

it('the evidence of a CDR has the same hash by whichever means it is computed', () => {
  const { digest } = rulesFor({ protocol: 'ocpp1.6' }, () => ({ readings: [], states: [] }));
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(anyText, (text) => {
      expect(digest?.(text)).toBe(digestHex(text));
    }),
  );
});
