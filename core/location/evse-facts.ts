import type { ConnectorRef } from '../charger/connector-ref.ts';
import { isSameConnector } from '../charger/connector-ref.ts';

/** The facts of a connector, in the terms of OCPI; what nobody stated is absent. */
export type ConnectorFacts = {
  /** Counts from 1 in each EVSE, as in OCPP 2; in OCPP 1.6 it is the number of the connector. */
  readonly connectorId: number;
  /** ConnectorType of OCPI, as in `IEC_62196_T2`. */
  readonly standard?: string;
  /** `SOCKET` or `CABLE`. */
  readonly format?: string;
  /** PowerType of OCPI, as in `AC_3_PHASE`. */
  readonly powerType?: string;
  /** V, between phase and neutral for AC. */
  readonly maxVoltage?: number;
  /** A, per phase. */
  readonly maxAmperage?: number;
  /** W; absent where it is voltage × amperage × phases. */
  readonly maxPowerW?: number;
  /** The tariff of its sessions, before that of its charger. */
  readonly tariffId?: string;
};

/** The facts of an EVSE of a charger, in the terms of OCPI. */
export type EvseFacts = {
  /** The number by which the charger knows it, from 1. */
  readonly evseId: number;
  /** The id that people see (eMI3, ISO 15118-2), as in `DE*ABC*E1234`. */
  readonly emi3Id?: string;
  /** The label on it: at most 16 characters. */
  readonly physicalReference?: string;
  /** At most 4 characters. */
  readonly floorLevel?: string;
  /** Capability of OCPI 2.2.1. */
  readonly capabilities?: readonly string[];
  /** ParkingRestriction of OCPI 2.2.1. */
  readonly parkingRestrictions?: readonly string[];
  readonly connectors: readonly ConnectorFacts[];
};

/**
 * Says whether a connector is among those that were registered of a charger. OCPP 1.6 numbers EVSE and connector alike and counts all
 * connectors through, whatever numbers they were registered with.
 */
export const isRegistered = (evses: readonly EvseFacts[], place: ConnectorRef): boolean => {
  if (connectorFactsOf(evses, place) !== undefined) return true;
  const { evseId, connectorId } = place;
  const all = evses.reduce((sum, { connectors }) => sum + connectors.length, 0);
  return evseId === connectorId && (evseId <= all || evses.some((one) => one.evseId === evseId));
};

/** The facts of a connector of a charger; undefined where none were stated of it. */
export const connectorFactsOf = (
  evses: readonly EvseFacts[] | undefined,
  place: ConnectorRef,
): ConnectorFacts | undefined =>
  evses
    ?.find(({ evseId }) => evseId === place.evseId)
    ?.connectors.find(({ connectorId }) =>
      isSameConnector({ evseId: place.evseId, connectorId }, place),
    );
