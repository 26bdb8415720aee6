import * as z from 'zod';
import { approvals } from '../../../core/charger/approval.ts';
import { connectorStatusWord } from '../../../core/charger/connector-status.ts';
import { tariffPlaces } from '../../../core/charger/nearest-tariff.ts';
import { tariffAt, timeZoneOf } from '../../connection/charger-context.ts';
import {
  type ChargerFacts,
  connectorsOf,
  isOnline,
  sinceRegistration,
} from '../../connection/charger-facts.ts';
import { lastHeardAt } from '../../connection/last-heard-at.ts';
import type { Boot } from '../../store/chargers/boots.ts';
import type { Connector } from '../../store/chargers/connectors.ts';
import { timeText } from '../common-schemas.ts';
import { EvseFactsSchema } from './evse-form.ts';

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
    timeZone: z.string().meta({
      description: 'Its own, else that of its location, else that of the settings, else UTC.',
    }),
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
