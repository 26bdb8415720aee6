import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import { deriveEvents } from '../../../core/event/derive-events.ts';
import type {
  CampaignImage,
  CdrImage,
  CommandImage,
  ConnectionImage,
  ConnectorImage,
  RunningImage,
  SessionImage,
  StateImage,
} from '../../../core/event/state-image.ts';
import { milliWattHours } from '../../../core/units/energy.ts';

const now = '2026-04-14T18:00:00.000Z';
const chargerKey = 'op_a#cp-1';

const connection: ConnectionImage = {
  kind: 'connection',
  chargerKey,
  connectionId: 'c1',
  protocol: 'ocpp1.6',
  connectedAt: '2026-04-14T16:00:00.000Z',
};
const connector: ConnectorImage = {
  kind: 'connector',
  chargerKey,
  evseId: 1,
  connectorId: 1,
  status: 'available',
  errorCode: 'NoError',
  statusAt: '2026-04-14T16:00:00.000Z',
  statusReceivedAt: '2026-04-14T16:00:01.000Z',
};
const active: SessionImage = {
  kind: 'session',
  anomalies: [],
  session: {
    sessionId: 'ses_1',
    operatorId: 'op_a',
    chargerId: 'CP-1',
    evseId: 1,
    connectorId: 1,
    transactionId: '7',
    protocol: 'ocpp1.6',
    state: 'active',
    start: {
      startedAt: '2026-04-14T16:00:00.000Z',
      receivedAt: '2026-04-14T16:00:01.000Z',
      tokenId: 'TAG1',
      authorization: 'Accepted',
    },
    timeZone: 'UTC',
    anomalies: [],
  },
};
const stop = {
  endedAt: '2026-04-14T17:00:00.000Z',
  receivedAt: '2026-04-14T17:00:01.000Z',
  reason: 'Local',
};
const ended: SessionImage = { ...active, session: { ...active.session, state: 'ended', stop } };
const running: RunningImage = {
  kind: 'running',
  sessionId: 'ses_1',
  energy: milliWattHours(1_500_000n),
  power: 7_000_000n,
  updatedAt: '2026-04-14T16:10:00.000Z',
};
const content = {
  cdrId: 'cdr_1',
  sessionId: 'ses_1',
  operatorId: 'op_a',
  chargerId: 'CP-1',
  evseId: 1,
  connectorId: 1,
  energyKwh: 10,
  total: { currency: 'EUR', exclVat: '1.00', inclVat: '1.19' },
  creditOf: null,
  anomalies: [],
  evidence: { basis: {}, session: { stop } },
} as unknown as CdrContent;
const sealed: CdrImage = { kind: 'cdr', isHeld: false, content };
const held: CdrImage = { kind: 'cdr', isHeld: true, content };
const queued: CommandImage = {
  kind: 'command',
  chargerKey,
  commandId: 'cmd_1',
  type: 'unlock',
  state: 'queued',
};
const campaign: CampaignImage = {
  kind: 'campaign',
  operatorId: 'op_a',
  campaignId: 'cmp_1',
  firmwareId: 'fw_1',
  version: '2.0',
  state: 'running',
  total: 2,
  installed: 0,
  failed: 0,
  skipped: 0,
};
const images: readonly StateImage[] = [
  connection,
  { ...connection, disconnectedAt: now },
  connector,
  { ...connector, status: 'faulted', errorCode: 'GroundFailure' },
  active,
  ended,
  running,
  sealed,
  held,
  queued,
  campaign,
  { kind: 'webhook', operatorId: 'op_a', webhookId: 'wh_1', url: 'https://a.example/' },
];

const types = (old: StateImage | undefined, image: StateImage | undefined): readonly string[] =>
  deriveEvents(old, image, now).map(({ type }) => type);

describe('events', () => {
  it('what is stored again as it was is no event, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...images), (image) => {
        expect(deriveEvents(image, structuredClone(image), now)).toEqual([]);
      }),
    );
  });

  it('the same change gives the same events each time, and a change of kind is like a new thing', () => {
    const some = fc.option(fc.constantFrom(...images), { nil: undefined });
    fc.assert(
      fc.property(some, some, (old, image) => {
        const derived = deriveEvents(old, image, now);

        expect(deriveEvents(structuredClone(old), structuredClone(image), now)).toEqual(derived);
        if (image !== undefined && old?.kind !== image.kind) {
          expect(derived).toEqual(deriveEvents(undefined, image, now));
        }
      }),
    );
  });

  it('a charger that connects, hangs up, comes back or is deleted is an event each time', () => {
    const over = { ...connection, disconnectedAt: now };

    expect(types(undefined, connection)).toEqual(['charger.connected']);
    expect(types(connection, over)).toEqual(['charger.disconnected']);
    expect(types(over, { ...connection, connectionId: 'c2' })).toEqual(['charger.connected']);
    expect(types(connection, { ...connection, connectionId: 'c2' })).toEqual(['charger.connected']);
    expect(types(connection, undefined)).toEqual(['charger.disconnected']);
    expect(types(over, undefined)).toEqual([]);
    expect(deriveEvents(undefined, connection, now)[0]).toEqual({
      type: 'charger.connected',
      subject: { kind: 'charger', chargerKey },
      at: connection.connectedAt,
      data: { ocppVersion: '1.6', connectedAt: connection.connectedAt },
    });
  });

  it('a status that a connector repeats at another time is no event, a new one is', () => {
    const later = { ...connector, statusAt: now, statusReceivedAt: now };

    expect(types(connector, later)).toEqual([]);
    expect(types(connector, { ...later, status: 'charging' })).toEqual(['charger.status']);
    expect(types({ kind: 'connector', chargerKey, evseId: 1, connectorId: 1 }, later)).toEqual([
      'charger.status',
    ]);
    expect(types(undefined, { kind: 'connector', chargerKey, evseId: 1, connectorId: 1 })).toEqual(
      [],
    );
  });

  it('a fault is an event of its own when it is new or another one, and not when it is repeated or over', () => {
    const fault: ConnectorImage = { ...connector, status: 'faulted', errorCode: 'GroundFailure' };
    const warned: ConnectorImage = { ...connector, errorCode: 'HighTemperature' };

    expect(types(connector, fault)).toEqual(['charger.status', 'charger.fault']);
    expect(types(connector, warned)).toEqual(['charger.status', 'charger.fault']);
    expect(types(fault, { ...fault, statusAt: now })).toEqual([]);
    expect(types(fault, { ...fault, vendorErrorCode: '0x12' })).toEqual(['charger.fault']);
    expect(types(fault, connector)).toEqual(['charger.status']);
  });

  it('a campaign that finishes, is paused, stopped or resumed is an event, and its progress is none', () => {
    const halfWay = { ...campaign, installed: 1 };
    const paused = { ...halfWay, state: 'paused', failed: 1 } as const;

    expect(types(undefined, campaign)).toEqual([]);
    expect(types(campaign, halfWay)).toEqual([]);
    expect(types(halfWay, paused)).toEqual(['campaign.state_changed']);
    expect(types(paused, halfWay)).toEqual(['campaign.state_changed']);
    expect(deriveEvents(halfWay, { ...halfWay, installed: 2, state: 'finished' }, now)).toEqual([
      {
        type: 'campaign.state_changed',
        subject: { kind: 'operator', operatorId: 'op_a' },
        at: now,
        data: {
          campaignId: 'cmp_1',
          firmwareId: 'fw_1',
          version: '2.0',
          state: 'finished',
          total: 2,
          installed: 2,
          failed: 0,
          skipped: 0,
        },
      },
    ]);
  });

  it('a session starts once and ends once, also if its stop arrives before its start', () => {
    const { start, ...withoutStart } = ended.session;
    const stopOnly: SessionImage = { ...ended, session: withoutStart };

    expect(types(undefined, active)).toEqual(['session.started']);
    expect(types(active, ended)).toEqual(['session.ended']);
    expect(types(undefined, ended)).toEqual(['session.started', 'session.ended']);
    expect(types(undefined, stopOnly)).toEqual(['session.ended']);
    expect(types(stopOnly, ended)).toEqual(['session.started']);
    expect(start?.tokenId).toBe('TAG1');
  });

  it('a session that is void, or whose own stop replaces ours, is updated and does not end again', () => {
    const isVoid: SessionImage = { ...ended, session: { ...ended.session, state: 'void' } };
    const own = { ...stop, reason: 'EVDisconnected' };
    const replaced: SessionImage = { ...ended, session: { ...ended.session, stop: own } };

    expect(types(ended, isVoid)).toEqual(['session.updated']);
    expect(types(ended, replaced)).toEqual(['session.updated']);
    expect(types(ended, { ...ended, session: { ...ended.session, cdrId: 'cdr_1' } })).toEqual([]);
  });

  it('each anomaly of a session is one event when it is new, and none when it is there already', () => {
    const gap = { code: 'REG_CONTINUITY_GAP', severity: 'warning', message: 'A gap.' } as const;
    const other = { ...gap, ref: '2026' };

    expect(types(ended, { ...ended, anomalies: [gap, gap] })).toEqual(['session.anomaly']);
    expect(types({ ...ended, anomalies: [gap] }, { ...ended, anomalies: [gap, other] })).toEqual([
      'session.anomaly',
    ]);
    expect(types({ ...ended, anomalies: [gap] }, ended)).toEqual([]);
  });

  it('a running session is updated when energy, power, state of charge or cost changes', () => {
    const cost = { currency: 'EUR', exclVat: '1.00', inclVat: '1.19' };

    expect(types(running, { ...running, updatedAt: now })).toEqual([]);
    for (const change of [
      { energy: milliWattHours(1_600_000n) },
      { power: 0n },
      { stateOfCharge: '80' },
      { cost },
    ]) {
      expect(types(running, { ...running, ...change })).toEqual(['session.updated']);
    }
    expect(deriveEvents(undefined, running, now)[0]?.data).toEqual({
      energyKwh: 1.5,
      powerKw: 7,
      stateOfCharge: null,
      cost: null,
      updatedAt: running.updatedAt,
    });
  });

  it('a session that failed says so with its first CDR, and neither with a credit nor after a decision', () => {
    const failed = { ...content, energyKwh: 0.04 };
    const of = (more: object) => types(undefined, { ...sealed, content: { ...failed, ...more } });

    expect(of({})).toEqual(['cdr.created', 'session.failed']);
    expect(types(undefined, { ...held, content: failed })).toEqual(['cdr.held', 'session.failed']);
    expect(of({ energyKwh: 0.06 })).toEqual(['cdr.created']);
    expect(of({ creditOf: 'cdr_0' })).toEqual(['cdr.created']);
    expect(of({ replaces: 'cdr_0' })).toEqual(['cdr.created']);
    const evidence = { ...failed.evidence, basis: { decision: {} } };
    expect(of({ evidence })).toEqual(['cdr.created']);
  });

  it('a sealed CDR is an event once, and a held one each time that its content is another', () => {
    const other = { ...content, energyKwh: 11 };

    expect(types(undefined, sealed)).toEqual(['cdr.created']);
    expect(types(sealed, { ...sealed, content: other })).toEqual([]);
    expect(types(undefined, held)).toEqual(['cdr.held']);
    expect(types(held, { ...held, content: other })).toEqual(['cdr.held']);
  });

  it('a command is finished once, however it ends', () => {
    const states = ['accepted', 'rejected', 'failed', 'timed-out', 'expired', 'cancelled'] as const;

    expect(types(undefined, queued)).toEqual([]);
    expect(types(queued, { ...queued, state: 'sent' })).toEqual([]);
    for (const state of states) {
      expect(types(queued, { ...queued, state })).toEqual(['command.finished']);
      expect(types({ ...queued, state: 'accepted' }, { ...queued, state })).toEqual([]);
    }
  });

  it('a command that the desired configuration of a charger ordered ends without an event', () => {
    const unordered = { ...queued, isUnordered: true } as const;
    expect(types(unordered, { ...unordered, state: 'accepted' })).toEqual([]);
  });

  it('a payment that failed and a refund that came back are events, each once, and money that moved is none', () => {
    const at = '2026-04-14T19:00:00.000Z';
    const payment = (reference: string, kind: 'captured' | 'failed' | 'refund-failed') => ({
      ...{ reference, kind, at, amount: 12_345n as TenThousandths },
    });
    const bill = (...payments: readonly ReturnType<typeof payment>[]): StateImage => ({
      kind: 'bill',
      bill: { sessionId: 'ses_1', currency: 'EUR', totals: {}, payments },
    });
    const [failed, back] = [payment('a', 'failed'), payment('b', 'refund-failed')];

    expect(types(undefined, bill())).toEqual([]);
    expect(types(bill(), bill(payment('c', 'captured')))).toEqual([]);
    expect(types(bill(failed), bill(failed, payment('c', 'captured')))).toEqual([]);
    expect(types(undefined, bill(failed, back))).toEqual(['payment.failed', 'payment.failed']);
    expect(deriveEvents(bill(failed), bill(failed, back), now)).toEqual([
      {
        type: 'payment.failed',
        subject: { kind: 'session', sessionId: 'ses_1' },
        at,
        data: {
          ...{ kind: 'refund-failed', reference: 'b', amount: '1.2345' },
          ...{ currency: 'EUR', method: null },
        },
      },
    ]);
  });

  it('a webhook that is disabled because of its receiver is an event of its operator', () => {
    const webhook = { kind: 'webhook', operatorId: 'op_a', webhookId: 'wh_1', url: 'u' } as const;
    const disabled = { ...webhook, disabled: { reason: 'gone', at: now } };

    expect(deriveEvents(webhook, disabled, now)).toEqual([
      {
        type: 'webhook.disabled',
        subject: { kind: 'operator', operatorId: 'op_a' },
        at: now,
        data: { webhookId: 'wh_1', url: 'u', reason: 'gone' },
      },
    ]);
    expect(types(disabled, disabled)).toEqual([]);
  });
});
