/** Writes the CALLRESULT frame that answers a CALL (OCPP-J 1.6 section 4.2.2). */
export const callResult = (messageId: string, payload: object): string =>
  JSON.stringify([3, messageId, payload]);
