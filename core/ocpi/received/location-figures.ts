import type { PartnerEvse } from '../model/evse.ts';
import { connectorPower } from './connector-power.ts';

/** The figures by which a location is searched for. */
export type LocationFigures = {
  /** EVSEs that are there: those that were removed do not count. */
  readonly evses: number;
  /** EVSEs that a driver can use now. */
  readonly free: number;
  /** The most power of a connector, W; 0 where it has none. */
  readonly powerW: number;
};

const isThere = ({ status }: PartnerEvse): boolean => status !== 'REMOVED';

/** The part of one EVSE in the figures of its location. */
export const evseFigures = (evse: PartnerEvse): LocationFigures =>
  isThere(evse)
    ? {
        evses: 1,
        free: evse.status === 'AVAILABLE' ? 1 : 0,
        powerW: Math.max(0, ...evse.connectors.map(connectorPower)),
      }
    : { evses: 0, free: 0, powerW: 0 };

/** The figures of a location by those of its EVSEs. */
export const locationFigures = (parts: readonly LocationFigures[]): LocationFigures =>
  parts.reduce(
    (sum, part) => ({
      evses: sum.evses + part.evses,
      free: sum.free + part.free,
      powerW: Math.max(sum.powerW, part.powerW),
    }),
    { evses: 0, free: 0, powerW: 0 },
  );
