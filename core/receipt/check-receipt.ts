import { checkSignedRecord } from '../ocmf/check-signed-values.ts';
import type { OcmfRecord } from '../ocmf/ocmf-record.ts';
import { signedPairOf } from '../ocmf/signed-pair-of.ts';
import { decimalOf } from '../units/decimal.ts';
import { formatKwh } from '../units/format-kwh.ts';
import { omitUndefined } from '../units/omit-undefined.ts';
import type { Receipt } from './receipt.ts';

/** The outcome of one check: `open` says nothing for or against. */
export type ReceiptCheck = {
  readonly outcome: 'passed' | 'failed' | 'open';
  /** One sentence. */
  readonly message: string;
};

/** All that a receipt says that can be checked with nothing but the receipt. */
export type CheckableReceipt = Pick<Receipt, 'signedValues' | 'signedEnergyKwh' | 'energyKwh'>;

type CheckedValue = ReceiptCheck & { readonly record?: OcmfRecord };

function checkValue({
  format,
  record,
  publicKey,
  keyEncoding,
}: Receipt['signedValues'][number]): CheckedValue {
  if (record === undefined) {
    return { outcome: 'open', message: 'The receipt has only the hash of this value.' };
  }
  const key = publicKey && omitUndefined({ text: publicKey, encoding: keyEncoding });
  const { verdict } = checkSignedRecord({ format, record }, () => (key ? [key] : []));
  switch (verdict.kind) {
    case 'valid':
      return {
        outcome: 'passed',
        message: 'Signed by the meter with this public key, and unchanged.',
        record: verdict.record,
      };
    case 'invalid':
      return { outcome: 'failed', message: verdict.message };
    case 'unverified':
      return { outcome: 'open', message: verdict.message };
    default:
      return verdict satisfies never;
  }
}

function checkEnergy(
  { signedEnergyKwh, energyKwh }: CheckableReceipt,
  records: readonly OcmfRecord[],
): readonly ReceiptCheck[] {
  if (signedEnergyKwh === null) return [];
  const pair = signedPairOf(records);
  if (pair.kind === 'no-pair') {
    return [{ outcome: 'open', message: 'The signed values here are not a start and a stop.' }];
  }
  const signed = `The meter signed ${formatKwh(pair.energy)} kWh`;
  return pair.energy === decimalOf(String(energyKwh), 6)
    ? [{ outcome: 'passed', message: `${signed}, and so much is on the bill.` }]
    : [{ outcome: 'failed', message: `${signed}, but ${energyKwh} kWh are on the bill.` }];
}

/**
 * Checks the signed values of a receipt, each in its order, and then whether the energy on the bill is what they say. Whether a public
 * key is that of the meter is for its reader to compare.
 */
export function checkReceipt(receipt: CheckableReceipt): {
  readonly values: readonly ReceiptCheck[];
  readonly energy: readonly ReceiptCheck[];
} {
  const checked = receipt.signedValues.map(checkValue);
  return {
    values: checked.map(({ outcome, message }) => ({ outcome, message })),
    energy: checkEnergy(
      receipt,
      checked.flatMap(({ record }) => record ?? []),
    ),
  };
}
