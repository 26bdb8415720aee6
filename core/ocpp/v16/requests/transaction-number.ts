import type { Inexpressible } from '../../exchange.ts';

const highest = 2n ** 31n - 1n;

/** The number of a transaction in OCPP 1.6, from its text. */
export const transactionNumber = (transactionId: string): number | Inexpressible =>
  /^-?\d{1,10}$/.test(transactionId) && BigInt(transactionId) <= highest
    ? Number(transactionId)
    : { inexpressible: 'A transaction of OCPP 1.6 has a whole number as its id.' };
