import * as z from 'zod';
import { approvals } from '../../../core/charger/approval.ts';
import { isSameConnector } from '../../../core/charger/connector-ref.ts';
import { connectorStatusWord } from '../../../core/charger/connector-status.ts';
import { tariffPlaces } from '../../../core/charger/nearest-tariff.ts';
import { connectorOfNumber } from '../../../core/ocpp/connector-of-number.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { tariffAt, timeZoneOf } from '../../connection/charger-context.ts';
import type { Boot } from '../../store/chargers/boots.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import type { Connector } from '../../store/chargers/connectors.ts';
import type { Site } from '../../store/locations/read-site.ts';
import { timeText } from '../common-schemas.ts';
import { EvseFactsSchema } from './evse-form.ts';
import { lastHeardAt } from './last-heard-at.ts';

/** The tariff that applies, and the place that it is of. */
export const ApplicableTariffSchema = z
  .strictObject({ tariffId: z.string(), of: z.enum(tariffPlaces) })
  .meta({
    id: 'ApplicableTariff',
    description:
      'The tariff of sessions that start here now, and whose it is: the nearest of connector, charger, location and operator.',
  });

const ConnectorSchema = z
  .strictObject({
    evseId: z.int(),
    connectorId: z.int(),
    status: z.string().nullable(),
    errorCode: z.string().nullable(),
    statusAt: timeText.nullable(),
    sessionId: z.string().nullable(),
    tariff: ApplicableTariffSchema.nullable(),
  })
  .meta({ id: 'Connector' });

/** A charger as the operator API shows it. */
export const ChargerSchema = z
  .strictObject({
    chargerId: z.string(),
    name: z.string().nullable(),
    maxPowerKw: z.number().nullable(),
    timeZone: z.string().meta({ description: 'Its own, else that of its location, else UTC.' }),
    tariffId: z.string().nullable().meta({
      description:
        'Its own tariff; where it is null, that of its location or of the settings applies.',
    }),
    locationId: z.string().nullable(),
    approval: z.enum(approvals).meta({
      description:
        'Whether the operator lets it take part: see POST /chargers/{chargerId}/approval.',
    }),
    evses: z.array(EvseFactsSchema).meta({
      description:
        'What was registered of its EVSEs and their connectors; empty where nothing was.',
    }),
    commissionedAt: timeText.nullable().meta({
      description: 'When it was commissioned: a session that is dated before that is held.',
    }),
    version: z.int().meta({ description: 'Counts up with every change of the registration.' }),
    ocppVersion: z.string().nullable(),
    vendor: z.string().nullable(),
    model: z.string().nullable(),
    serialNumber: z.string().nullable(),
    firmwareVersion: z.string().nullable(),
    online: z.boolean().meta({
      description: 'False at most 15 minutes after the last sign of a charger that fell silent.',
    }),
    connectedAt: timeText.nullable(),
    lastSeenAt: timeText.nullable().meta({
      description:
        'When the charger was last heard: exact for connections, boots, statuses, starts and stops; a minute or so late for the readings of a session; otherwise at most 15 minutes old while it sends heartbeats or readings.',
    }),
    connectors: z.array(ConnectorSchema),
  })
  .meta({ id: 'Charger' });

/** Everything that is known of a charger. */
export type ChargerFacts = {
  readonly charger: Charger;
  readonly site: Site;
  readonly boot?: Boot | undefined;
  readonly connection?: Connection | undefined;
  readonly connectors: readonly Connector[];
  /** Sessions that run, of those that the connectors point at. */
  readonly activeSessions: ReadonlySet<string>;
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

const connectorView = (connector: Connector, { charger, site, activeSessions }: ChargerFacts) => {
  const { openSessionId } = connector;
  return {
    evseId: connector.evseId,
    connectorId: connector.connectorId,
    status: connector.status === undefined ? null : connectorStatusWord(connector.status),
    errorCode: connector.errorCode ?? null,
    statusAt: connector.statusAt ?? null,
    sessionId:
      openSessionId !== undefined && activeSessions.has(openSessionId) ? openSessionId : null,
    tariff: tariffAt(charger, site, connector) ?? null,
  };
};

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

/** The description that a charger gave of itself when it booted. */
const bootView = (boot: Boot | undefined) => ({
  vendor: boot?.vendor ?? null,
  model: boot?.model ?? null,
  serialNumber: boot?.serialNumber ?? null,
  firmwareVersion: boot?.firmwareVersion ?? null,
});

/** A charger as the operator API shows it. `now` is our clock in epoch ms. */
export const chargerView = (known: ChargerFacts, now: number) => {
  const facts = sinceRegistration(known);
  const { charger, site, boot, connection } = facts;
  return {
    chargerId: charger.chargerId,
    name: charger.name ?? null,
    maxPowerKw: charger.maxPowerKw === undefined ? null : Number(charger.maxPowerKw),
    timeZone: timeZoneOf(charger, site),
    tariffId: charger.tariffId ?? null,
    locationId: charger.locationId ?? null,
    approval: charger.approval ?? ('accepted' as const),
    evses: charger.evses ?? [],
    commissionedAt: charger.commissionedAt ?? null,
    version: charger.version,
    ocppVersion: connection?.protocol.replace('ocpp', '') ?? null,
    ...bootView(boot),
    online: isOnline(connection, now),
    connectedAt: connection?.connectedAt ?? null,
    lastSeenAt: lastHeardAt(facts),
    connectors: connectorsOf(facts).map((one) => connectorView(one, facts)),
  };
};
