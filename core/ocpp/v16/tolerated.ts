import type { ToleratedBut } from '../tolerated-but.ts';

/** A message of OCPP 1.6 as it looks after tolerance: any word, and a few properties may be missing. */
export type Tolerated<T> = ToleratedBut<
  T,
  'timestamp' | 'meterStart' | 'meterStop' | 'transactionId'
>;
