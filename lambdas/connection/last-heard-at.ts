import type { Boot } from '../store/chargers/boots.ts';
import type { Connection } from '../store/chargers/connections.ts';
import type { Connector } from '../store/chargers/connectors.ts';

/** Everything that has a time at which a charger was heard. */
type Heard = {
  readonly boot?: Boot | undefined;
  readonly connection?: Connection | undefined;
  readonly connectors: readonly Connector[];
  readonly heardAt?: readonly string[];
};

const laterOf = (a: string | null, b: string): string => (a !== null && a > b ? a : b);

/** The latest time on our clock at which anything came from a charger, as far as it was kept. */
export function lastHeardAt({ boot, connection, connectors, heardAt = [] }: Heard): string | null {
  const times = [
    connection?.connectedAt,
    connection?.lastSeenAt,
    connection?.disconnectedAt,
    boot?.bootedAt,
    ...heardAt,
    ...connectors.map((one) => one.statusReceivedAt),
  ];
  return times.filter((time) => time !== undefined).reduce<string | null>(laterOf, null);
}
