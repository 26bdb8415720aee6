import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { NotifySettlementRequest } from '../generated/v21/notify-settlement-request.js';
import type { Tolerated } from '../v2x/tolerated.ts';

/** Reads NotifySettlementRequest of OCPP 2.1: what became of an ad hoc payment at the charger. */
export const toPaymentSettled = (
  wire: Tolerated<NotifySettlementRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'paymentSettled',
    transactionId: wire.transactionId || undefined,
    isSettled: wire.status === 'Settled',
    hasReceipt: wire.receiptId !== undefined || wire.receiptUrl !== undefined,
    raw,
  } as const),
];
