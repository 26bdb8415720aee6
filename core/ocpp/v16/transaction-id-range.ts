/** The highest transaction id that we give in OCPP 1.6; the lowest is 1. The number above it means "none" to some chargers. */
export const highestTransactionId = 2 ** 31 - 2;

/**
 * True if a whole number can be a transaction id that we gave. Any other is one that the charger made up because it does
 * not know the real one: 0, -1, the largest number of its type, or a negative one for each transaction that began offline.
 */
export const mayBeGiven = (transactionId: number): boolean =>
  transactionId >= 1 && transactionId <= highestTransactionId;
