import { type BilledCdr, vatSums } from '../account/statement.ts';
import type { VatSum } from '../account/vat-sum.ts';
import { voidPrice } from '../cdr/compute/apply-decision.ts';
import type { CdrContent, CdrMeterEnd, CdrSeal } from '../cdr/model/cdr.ts';
import type { SignedValueEvidence } from '../cdr/signed/signed-evidence.ts';
import type { KeyEncoding } from '../ocmf/read-public-key.ts';
import type { Money, PriceLine } from '../tariff/model/price.ts';
import { omitUndefined } from '../units/omit-undefined.ts';
import type { Issuer } from './issuer.ts';

/** Where a session took place, for the driver. */
export type ReceiptPlace = {
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly country: string;
};

/** A signed value of the meter, with what it takes to verify it. */
export type ReceiptValue = {
  readonly format: SignedValueEvidence['format'];
  /** As the meter signed it; absent where the CDR keeps its hash alone. */
  readonly record?: string;
  readonly recordHash?: string;
  /** The registered public key of the meter that it was checked with. */
  readonly publicKey?: string;
  readonly keyEncoding?: KeyEncoding;
  readonly contexts: readonly string[];
  /** Our own verdict. */
  readonly verdict: SignedValueEvidence['verdict']['kind'];
  readonly message: string;
};

/** All that a driver is shown of a sealed CDR: nothing of it names the driver. */
export type Receipt = {
  readonly cdrId: string;
  readonly sessionId: string;
  /** The operator by its name here. */
  readonly issuedBy: string;
  /** Who sells, as it was set when the receipt was issued; null where it was not. */
  readonly issuer: Issuer | null;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly place: ReceiptPlace | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly timeZone: string;
  readonly durationSeconds: number;
  readonly energyKwh: number;
  readonly meterStart: CdrMeterEnd | null;
  readonly meterStop: CdrMeterEnd | null;
  readonly tariffName: string | null;
  readonly lines: readonly PriceLine[];
  /** They add up to the total. */
  readonly vat: readonly VatSum[];
  readonly total: Money;
  /** The bill that this one replaces: it was credited. */
  readonly replaces: string | null;
  /** The credit that takes this bill back, with nothing billed instead. */
  readonly creditedBy: string | null;
  /** Why the operator corrected the bill, where it did. */
  readonly correctionReason: string | null;
  /** The amount to pay: the total, or nothing of a bill that was taken back. */
  readonly due: Money;
  readonly signedValues: readonly ReceiptValue[];
  /** Signed values besides those. */
  readonly signedValuesLeftOut: number;
  /** Energy by the signed values, kWh; null where they were not billed by. */
  readonly signedEnergyKwh: number | null;
  readonly meterSerial: string | null;
  readonly seal: Pick<CdrSeal, 'sequence' | 'hash' | 'signature' | 'keyId'>;
};

/** Why an operator had the bill taken back, or the one that it replaces. Later readings replace a bill for no such reason. */
const reasonOf = ({ replaces, evidence }: CdrContent, credit: CdrContent | undefined) => {
  const { correction } = evidence.basis;
  const ofTariff = correction?.cdrId === replaces ? correction?.reason : undefined;
  return credit?.correction?.reason ?? ofTariff ?? null;
};

/**
 * Writes the receipt of a sealed CDR. `issuedBy` is the operator by its name, `issuer` who sold when the receipt was issued, `credit` takes
 * the bill back for good.
 */
export function receiptOf(
  cdr: BilledCdr & { readonly seal: CdrSeal },
  issuedBy: string,
  place: ReceiptPlace | undefined,
  issuer: Issuer | undefined,
  credit?: CdrContent,
): Receipt {
  const { signedValues = [], signedValuesLeftOut = 0, signedPair, basis } = cdr.evidence;
  const { sequence, hash, signature, keyId } = cdr.seal;
  const keys = new Map((basis.meterKeys ?? []).map((key) => [key.meterKeyId, key]));
  const isBilled = signedPair?.kind === 'pair' && signedPair.stray.length === 0;
  return {
    cdrId: cdr.cdrId,
    sessionId: cdr.sessionId,
    issuedBy,
    issuer: issuer ?? null,
    chargerId: cdr.chargerId,
    evseId: cdr.evseId,
    connectorId: cdr.connectorId,
    place: place ?? null,
    startedAt: cdr.startedAt,
    endedAt: cdr.endedAt,
    timeZone: cdr.timeZone,
    durationSeconds: cdr.durationSeconds,
    energyKwh: cdr.energyKwh,
    meterStart: cdr.meterStart,
    meterStop: cdr.meterStop,
    tariffName: cdr.tariff?.name ?? null,
    lines: cdr.lines,
    vat: vatSums([cdr]),
    total: cdr.total,
    replaces: cdr.replaces ?? null,
    creditedBy: credit?.cdrId ?? null,
    correctionReason: reasonOf(cdr, credit),
    due: credit === undefined ? cdr.total : voidPrice(cdr.tariff ?? undefined).total,
    signedValues: signedValues.map(({ format, record, recordHash, contexts, verdict }) => {
      const key = keys.get(verdict.meterKeyId ?? '');
      return omitUndefined({
        format,
        record,
        recordHash,
        publicKey: key?.publicKey,
        keyEncoding: key?.encoding,
        contexts,
        verdict: verdict.kind,
        message: verdict.message,
      });
    }),
    signedValuesLeftOut,
    signedEnergyKwh: isBilled ? signedPair.energyKwh : null,
    meterSerial: isBilled ? signedPair.meterSerial : null,
    seal: { sequence, hash, signature, keyId },
  };
}
