import type { ConnectorStatus } from '../charger/connector-status.ts';
import type { EvseFacts } from './evse-facts.ts';

/** A connector of a charger at a location: its facts are among those of the charger's EVSEs. */
export type LocationConnector = {
  readonly evseId: number;
  readonly connectorId: number;
  readonly status?: ConnectorStatus | undefined;
  /** When the status was reported, ISO 8601 in UTC. */
  readonly statusAt?: string | undefined;
  /** The tariff that applies to it, its own or the nearest. */
  readonly tariffId?: string | undefined;
};

/** A charger at a location, with what it reported. */
export type LocationCharger = {
  readonly chargerId: string;
  readonly chargerKey: string;
  /** ISO 8601 in UTC. */
  readonly registeredAt: string;
  /** When its registration changed last, ISO 8601 in UTC. */
  readonly changedAt: string;
  readonly maxPowerW?: number | undefined;
  readonly evses: readonly EvseFacts[];
  readonly online: boolean;
  /** Status of the charger as a whole. */
  readonly status?: ConnectorStatus | undefined;
  /** Every connector that was registered or reported. */
  readonly connectors: readonly LocationConnector[];
};
