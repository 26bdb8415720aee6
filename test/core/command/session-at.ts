import type { Session } from '../../../core/session/session.ts';

/** So many minutes after 16:00 of the day of these sessions, ISO 8601. */
export const at = (minute: number): string =>
  new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

/** A session of OCPP 2.0.1 on the first connector of EVSE 2 that began at a minute. */
export const sessionAt = (
  minute: number,
  overrides: Partial<Session> = {},
  tokenId = 'ada',
): Session => ({
  sessionId: `ses_${minute}`,
  operatorId: 'op',
  chargerId: 'CP',
  evseId: 2,
  connectorId: 1,
  transactionId: 'tx',
  protocol: 'ocpp2.0.1',
  state: 'active',
  start: { startedAt: at(minute), receivedAt: at(minute), tokenId, authorization: 'Accepted' },
  timeZone: 'UTC',
  anomalies: [],
  ...overrides,
});
