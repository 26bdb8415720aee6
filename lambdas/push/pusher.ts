import { createHash } from 'node:crypto';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { type PushFacts, pushedConnector } from '../../core/push/pushed-session.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import {
  defaultTimeZone,
  maxPowerOf,
  tariffAt,
  timeZoneOf,
} from '../connection/charger-context.ts';
import { type Charger, readCharger } from '../store/chargers/chargers.ts';
import { readSite } from '../store/locations/read-site.ts';
import type { ApiKey } from '../store/operators/api-keys.ts';
import { readChargerDefaults } from '../store/operators/charger-defaults.ts';
import { readOperator, shardsOf } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';

/** The facts of the sessions that an API key pushes, and the shard of its operator's lists that each goes to. */
export type Pusher = {
  readonly facts: PushFacts;
  readonly shardOf: (sessionId: string) => number;
  /** The location of its wallbox. */
  readonly locationId?: string;
};

/** The charger of sessions that are pushed by a key without a wallbox: each such key has a chain of CDRs of its own. */
const gatewayId = (apiKeyId: string): string => `gateway-${apiKeyId}`;

/** Spreads sessions without a registered charger over all shards, so that none of them grows with the keys. */
const spread = (shards: readonly number[], sessionId: string): number =>
  createHash('sha256').update(sessionId, 'utf8').digest().readUInt32BE() % shards.length;

/** The facts of sessions of a registered wallbox; `tariffId` is that of the key. */
async function wallboxPusher(
  database: Database,
  charger: Charger,
  tariffId: string | undefined,
): Promise<Pusher> {
  const { operatorId, chargerId, shard, locationId } = charger;
  const site = await readSite(database, charger);
  const around = tariffId === undefined ? site : { ...site, tariffId };
  return omitUndefined({
    facts: omitUndefined({
      operatorId,
      chargerId,
      timeZone: timeZoneOf(charger, site),
      maxPowerW: maxPowerOf(charger),
      tariffId: tariffAt(charger, around, pushedConnector)?.tariffId,
    }),
    shardOf: () => shard,
    locationId,
  });
}

/** Reads what the sessions of an API key get: the facts of its wallbox, or those of the key itself. */
export async function readPusher(database: Database, apiKey: ApiKey): Promise<Pusher> {
  const { operatorId, apiKeyId, chargerId, tariffId, timeZone } = apiKey;
  const charger =
    chargerId === undefined
      ? undefined
      : await readCharger(database, chargerKey(operatorId, chargerId));
  if (charger !== undefined) return await wallboxPusher(database, charger, tariffId);
  const operator = await readOperator(database, operatorId);
  const defaults = await readChargerDefaults(database, operatorId);
  const tariff = tariffId ?? defaults.tariffId;
  const shards = operator === undefined ? [0] : shardsOf(operator);
  return {
    facts: {
      operatorId,
      chargerId: chargerId ?? gatewayId(apiKeyId),
      timeZone: timeZone ?? defaults.timeZone ?? defaultTimeZone,
      ...(tariff === undefined ? {} : { tariffId: tariff }),
    },
    shardOf: (sessionId) => spread(shards, sessionId),
  };
}
