import { type ConnectorStatus, connectorStatusWord } from '../../core/charger/connector-status.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { milliWattHours } from '../../core/units/energy.ts';
import { formatKwh } from '../../core/units/format-kwh.ts';
import {
  type ChargerFacts,
  connectorsOf,
  isOnline,
  sinceRegistration,
} from '../connection/charger-facts.ts';
import { lastHeardAt } from '../connection/last-heard-at.ts';
import type { Connector } from '../store/chargers/connectors.ts';
import type { RunningView } from '../store/sessions/running-view.ts';
import { type CurvePoint, powerCurve } from './power-curve.ts';

/** A session in progress as the widget shows it. */
export type SessionCell = {
  readonly sessionId: string;
  /** ISO 8601 in UTC. */
  readonly startedAt?: string | undefined;
  /** Decimal text. */
  readonly energyKwh: string;
  readonly powerKw?: string | undefined;
  readonly curve: readonly CurvePoint[];
};

/** A connector as the widget shows it. */
export type ConnectorCell = {
  readonly name: string;
  /** In the words of OCPP; undefined where it never reported. */
  readonly status?: string | undefined;
  readonly isFaulted: boolean;
  /** The charger's own words for an error, joined. */
  readonly error?: string | undefined;
  readonly session?: SessionCell | undefined;
};

/** A charger as the widget shows it. */
export type ChargerRow = {
  readonly operatorName: string;
  readonly chargerId: string;
  readonly name?: string | undefined;
  /** Vendor, model and firmware as the charger gave them at its boot. */
  readonly device: string;
  readonly isOnline: boolean;
  /** Since when it is online or offline, ISO 8601 in UTC; undefined for one that never connected. */
  readonly since?: string | undefined;
  readonly connectors: readonly ConnectorCell[];
  /** Energy of each of the last 24 hours, kWh; absent where it was not read. */
  readonly lastDay?: readonly number[];
};

/** The row of a charger. `now` is our clock in epoch ms. */
export function chargerRow(operatorName: string, known: ChargerFacts, now: number): ChargerRow {
  const facts = sinceRegistration(known);
  const { charger, boot, connection } = facts;
  const online = isOnline(connection, now);
  const ended = connection?.disconnectedAt ?? lastHeardAt(facts) ?? undefined;
  return {
    operatorName,
    chargerId: charger.chargerId,
    name: charger.name,
    device: [boot?.vendor, boot?.model, boot?.firmwareVersion].filter(Boolean).join(' '),
    isOnline: online,
    since: online ? connection?.connectedAt : ended,
    connectors: connectorsOf(facts).map((one) => connectorCell(one, facts)),
  };
}

const faulted: ConnectorStatus = 'faulted';

function connectorCell(connector: Connector, facts: ChargerFacts): ConnectorCell {
  const { evseId, connectorId, status, openSessionId = '' } = connector;
  const isFaulted = status === faulted;
  return {
    name: evseId === connectorId ? String(connectorId) : `${evseId}.${connectorId}`,
    status: status && connectorStatusWord(status),
    isFaulted,
    error: errorOf(connector),
    session: facts.activeSessions.has(openSessionId)
      ? sessionCell(openSessionId, connector, facts.running?.get(openSessionId))
      : undefined,
  };
}

function errorOf({ errorCode, vendorErrorCode, info }: Connector): string | undefined {
  const code = errorCode === 'NoError' ? undefined : errorCode;
  return [code, vendorErrorCode, info].filter(Boolean).join(' · ') || undefined;
}

const sessionCell = (
  sessionId: string,
  { openSessionStartedAt }: Connector,
  live: RunningView | undefined,
): SessionCell => ({
  sessionId,
  startedAt: openSessionStartedAt,
  energyKwh: formatKwh(milliWattHours(live?.energy ?? 0n)),
  powerKw: live?.power === undefined ? undefined : shortDecimal(live.power, 6),
  curve: live === undefined ? [] : powerCurve(live.running),
});
