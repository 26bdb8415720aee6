/**
 * The state of a connector, whatever the OCPP version: that of OCPP 1.6 (section 7.7), and `occupied` of 2.x, which says that
 * a vehicle is connected and no more.
 */
export type ConnectorStatus =
  | 'available'
  | 'preparing'
  | 'charging'
  | 'suspended-by-vehicle'
  | 'suspended-by-charger'
  | 'finishing'
  | 'reserved'
  | 'unavailable'
  | 'faulted'
  | 'occupied';

const words = {
  available: 'Available',
  preparing: 'Preparing',
  charging: 'Charging',
  'suspended-by-vehicle': 'SuspendedEV',
  'suspended-by-charger': 'SuspendedEVSE',
  finishing: 'Finishing',
  reserved: 'Reserved',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
  occupied: 'Occupied',
} as const satisfies Record<ConnectorStatus, string>;

/** The word by which our API shows the state of a connector: that of OCPP, the same for every version. */
export const connectorStatusWord = (status: ConnectorStatus): string => words[status];

/** All of these words. */
export const connectorStatusWords: readonly string[] = Object.values(words);

/** The state of a connector that was stored; undefined for any other text. */
export const connectorStatusFrom = (text: string | undefined): ConnectorStatus | undefined =>
  text !== undefined && Object.hasOwn(words, text) ? (text as ConnectorStatus) : undefined;
