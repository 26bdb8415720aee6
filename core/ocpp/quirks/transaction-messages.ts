/** The messages that charging is billed by: whatever of them can be read counts, and none is refused. */
export const transactionMessages: readonly string[] = [
  'StartTransaction',
  'MeterValues',
  'StopTransaction',
];
