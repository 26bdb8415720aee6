import type { ToleratedBut } from '../tolerated-but.ts';

/**
 * A message of OCPP 2.0.1 as it looks after tolerance: any word, and a few properties may be missing. Those of a signed value are
 * optional from 2.1 on, so that a message of 2.1 is one of these as far as both have it.
 */
export type Tolerated<T> = ToleratedBut<
  T,
  'timestamp' | 'seqNo' | 'triggerReason' | 'signingMethod' | 'encodingMethod' | 'publicKey'
>;
