import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { NotifySettlementRequest } from '../generated/v21/notify-settlement-request.js';
import { timestampOf } from '../timestamp-of.ts';
import type { Tolerated } from '../v2x/tolerated.ts';

const amountOf = (amount: number | undefined): string | undefined =>
  amount === undefined || !(Math.abs(amount) < 1e12)
    ? undefined
    : String(Number(amount.toFixed(4)));

/** Reads NotifySettlementRequest of OCPP 2.1: what became of an ad hoc payment at the charger. */
export const toPaymentSettled = (
  wire: Tolerated<NotifySettlementRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'paymentSettled',
    transactionId: wire.transactionId || undefined,
    isSettled: wire.status === 'Settled',
    status: wire.status,
    amount: amountOf(wire.settlementAmount),
    timestamp: timestampOf(wire.settlementTime),
    hasReceipt: wire.receiptId !== undefined || wire.receiptUrl !== undefined,
    raw,
  } as const),
];
