import { isSameConnector } from '../../core/charger/connector-ref.ts';
import { connectorOfNumber } from '../../core/ocpp/connector-of-number.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { Boot } from '../store/chargers/boots.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Connection } from '../store/chargers/connections.ts';
import type { Connector } from '../store/chargers/connectors.ts';
import type { Site } from '../store/locations/read-site.ts';
import type { RunningView } from '../store/sessions/running-view.ts';

/** Everything that is known of a charger. */
export type ChargerFacts = {
  readonly charger: Charger;
  readonly site: Site;
  readonly boot?: Boot | undefined;
  readonly connection?: Connection | undefined;
  readonly connectors: readonly Connector[];
  /** Sessions that run, of those that the connectors point at. */
  readonly activeSessions: ReadonlySet<string>;
  /** The running views of those sessions, by session id. */
  readonly running?: ReadonlyMap<string, RunningView>;
  /** When the starts, stops and readings of the sessions that the connectors point at came, ISO 8601 in UTC. */
  readonly heardAt?: readonly string[];
};

/** API Gateway ends every connection after two hours; whether it has ended before is asked (see checkSilence). */
const longestConnection = 125 * 60_000;

/** Whether a charger can be heard at a time of our clock, in epoch ms. */
export const isOnline = (connection: Connection | undefined, now: number): boolean =>
  connection !== undefined &&
  connection.disconnectedAt === undefined &&
  now - Date.parse(connection.connectedAt) < longestConnection;

/** The connectors that the operator described. */
const described = ({ evses = [] }: Charger): readonly Connector[] =>
  evses.flatMap(({ evseId, connectors }) =>
    connectors.map(({ connectorId }) => ({ evseId, connectorId })),
  );

/** The connectors that reported, and those that the operator registered. 0 means the charger itself and is not one. */
export function connectorsOf({
  charger,
  connection,
  connectors,
}: ChargerFacts): readonly Connector[] {
  // Until a charger has connected nobody knows whether it numbers connectors or EVSEs.
  const protocol = connection?.protocol ?? 'ocpp1.6';
  const registered = Array.from({ length: charger.connectors ?? 0 }, (_none, index) =>
    connectorOfNumber(protocol, index + 1),
  );
  const known = [...connectors, ...described(charger)].filter(
    (one, index, all) => all.findIndex((other) => isSameConnector(one, other)) === index,
  );
  const silent = registered.filter(({ evseId }) => known.every((one) => one.evseId !== evseId));
  return [...known, ...silent]
    .filter(({ connectorId }) => connectorId > 0)
    .sort((a, b) => a.evseId - b.evseId || a.connectorId - b.connectorId);
}

/** A charger without what one of the same id reported that was deleted before. */
export function sinceRegistration(facts: ChargerFacts): ChargerFacts {
  const { renewedAt } = facts.charger;
  if (renewedAt === undefined) return facts;
  const { boot, connection, connectors, heardAt = [] } = facts;
  const isNew = (at: string | undefined): boolean => at !== undefined && at >= renewedAt;
  return {
    ...facts,
    boot: isNew(boot?.bootedAt) ? boot : undefined,
    connection: isNew(connection?.connectedAt) ? connection : undefined,
    heardAt: heardAt.filter(isNew),
    connectors: connectors.map((one) => (isNew(one.statusReceivedAt) ? one : withoutStatus(one))),
  };
}

const withoutStatus = ({ evseId, connectorId, openSessionId }: Connector): Connector =>
  omitUndefined({ evseId, connectorId, openSessionId });
