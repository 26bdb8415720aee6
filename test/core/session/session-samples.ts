import type {
  SessionAbandoned,
  SessionIdentity,
  SessionStarted,
  SessionStopped,
  SessionSuperseded,
} from '../../../core/session/session-event.ts';
import { sessionId } from '../../../core/session/session-id.ts';

/** The session of transaction 7 of charger CP-1. */
export const identity: SessionIdentity = {
  sessionId: sessionId('cp-1', '7'),
  operatorId: 'op1',
  chargerId: 'CP-1',
  evseId: 2,
  connectorId: 2,
  transactionId: '7',
  protocol: 'ocpp1.6',
  timeZone: 'Europe/Berlin',
  maxPowerW: 11_000,
};

/** A start at 10:00 with 1000 Wh by an accepted token, changed as given. */
export const startedEvent = (start: Partial<SessionStarted['start']> = {}): SessionStarted => ({
  kind: 'started',
  identity,
  fixed: { tariffId: 'tar1' },
  start: {
    startedAt: '2026-03-02T10:00:00Z',
    receivedAt: '2026-03-02T10:00:01.000Z',
    meterStart: 1000,
    tokenId: 'CARD1',
    accountId: 'acc1',
    authorization: 'Accepted',
    ...start,
  },
});

/** A stop at 11:00 with 8000 Wh that knows no connector, changed as given. */
export const stoppedEvent = (stop: Partial<SessionStopped['stop']> = {}): SessionStopped => ({
  kind: 'stopped',
  identity: { ...identity, evseId: 0, connectorId: 0 },
  stop: {
    endedAt: '2026-03-02T11:00:00Z',
    receivedAt: '2026-03-02T11:00:01.000Z',
    meterStop: 8000,
    reason: 'Local',
    ...stop,
  },
});

/** Another session takes over at 12:00. */
export const supersededEvent: SessionSuperseded = {
  kind: 'superseded',
  by: sessionId('cp-1', '8'),
  endedAt: '2026-03-02T10:45:00.000Z',
  receivedAt: '2026-03-02T12:00:00.000Z',
};

/** Nothing was heard for a day after 10:30. */
export const abandonedEvent: SessionAbandoned = {
  kind: 'abandoned',
  endedAt: '2026-03-02T10:30:00.000Z',
  receivedAt: '2026-03-03T11:00:00.000Z',
};
