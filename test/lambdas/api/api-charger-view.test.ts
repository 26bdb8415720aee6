import '../quiet.ts';
import { describe, expect, it } from 'vitest';
import { chargerView } from '../../../lambdas/api/chargers/charger-view.ts';
import { sessionView } from '../../../lambdas/api/sessions/session-view.ts';
import type { ChargerFacts } from '../../../lambdas/connection/charger-facts.ts';
import type { StoredSession } from '../../../lambdas/store/sessions/session-item.ts';

const at = (minute: number) => `2026-04-14T18:${String(minute).padStart(2, '0')}:00.000Z`;

const facts = {
  charger: { chargerId: 'C', chargerKey: 'c', timeZone: 'UTC' },
  site: {},
  connectors: [],
  activeSessions: new Set<string>(),
} as unknown as ChargerFacts;

const connection = {
  connectionId: 'x',
  protocol: 'ocpp1.6',
  connectedAt: at(0),
  lastSeenAt: at(10),
} as const;

const seen = (more: Partial<ChargerFacts>) =>
  chargerView({ ...facts, ...more }, Date.parse(at(59))).lastSeenAt;

describe('when a charger was seen last', () => {
  it('lastSeenAt is the latest time, by our clock, at which the charger left a trace', () => {
    const connector = { evseId: 1, connectorId: 1 };
    const status = { ...connector, statusReceivedAt: at(30), statusAt: at(55) };

    expect(seen({})).toBeNull();
    expect(seen({ connection })).toBe(at(10));
    expect(seen({ connection: { ...connection, connectedAt: at(12) } })).toBe(at(12));
    expect(seen({ connection: { ...connection, disconnectedAt: at(20) } })).toBe(at(20));
    expect(seen({ connection, boot: { bootedAt: at(11) } })).toBe(at(11));
    expect(seen({ connection, boot: { bootedAt: at(1) } })).toBe(at(10));
    expect(seen({ connection, connectors: [connector, status] })).toBe(at(30));
    expect(seen({ connection, heardAt: [at(5), at(40), at(7)] })).toBe(at(40));
    expect(seen({ connectors: [{ ...connector, connectorId: 0, statusReceivedAt: at(5) }] })).toBe(
      at(5),
    );
  });
});

describe('the token of a session', () => {
  it('the token of a session is null if the charger named none', () => {
    const start = { tokenId: '', startedAt: at(0), receivedAt: at(0) };
    const stored = {
      session: { sessionId: 'ses_1', state: 'active', anomalies: [], start },
    } as unknown as StoredSession;

    expect(sessionView(stored, undefined).tokenId).toBeNull();
  });
});

describe('the connectors of a charger', () => {
  const shownOf = (protocol: 'ocpp1.6' | 'ocpp2.0.1', connectors: ChargerFacts['connectors']) =>
    chargerView(
      {
        ...facts,
        charger: { ...facts.charger, connectors: 2 },
        connection: { ...connection, protocol },
        connectors,
      },
      Date.parse(at(59)),
    ).connectors.map(({ evseId, connectorId }) => [evseId, connectorId]);

  it('connectors that were registered and have not reported yet are shown by the numbers that their version gives them', () => {
    expect(shownOf('ocpp1.6', [])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(shownOf('ocpp2.0.1', [])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('a connector that has reported is shown once, however its EVSE numbers it', () => {
    expect(shownOf('ocpp1.6', [{ evseId: 2, connectorId: 2 }])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(shownOf('ocpp2.0.1', [{ evseId: 2, connectorId: 1 }])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});
