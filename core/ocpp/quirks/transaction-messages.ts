/** The messages of OCPP 1.6 that charging is billed by: whatever of them can be read counts, and none is refused. */
export const transactionMessages: readonly string[] = [
  'StartTransaction',
  'MeterValues',
  'StopTransaction',
];

/** The same of OCPP 2.x. */
export const v2xTransactionMessages: readonly string[] = ['TransactionEvent', 'MeterValues'];
