import { sessionId } from './session-id.ts';

/**
 * The id of the session of a charger's transaction. Ids of transactions are compared without regard to case (OCPP 2.0.1 part 2,
 * identifierString); those that we give in OCPP 1.6 are numbers.
 */
export const sessionOfTransaction = (chargerKey: string, transactionId: string): string =>
  sessionId(chargerKey, transactionId.toLowerCase());
