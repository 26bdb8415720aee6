/**
 * The measures that become metrics of CloudWatch: those that wake somebody up, or are read every day. Each costs as
 * much a month as six chargers do, so that all others are fields of their log lines only, where Logs Insights counts them.
 */
export const customMetrics = [
  'FramesTooLarge',
  'HandshakesRefused',
  'MessagesNotProcessed',
  'SessionsStarted',
  'SessionsEnded',
  'CdrsSealed',
  'CdrsHeld',
  'StopToCdrLag',
  'RecordsFailed',
] as const;
