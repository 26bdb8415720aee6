import { requestNumber } from '../../core/ocpp/request-number.ts';

/** The number of the profile that a partner sets on a session, always the same, so that the next one replaces it. */
export const profileNumber = (sessionId: string): number => requestNumber(`ocpi ${sessionId}`);
