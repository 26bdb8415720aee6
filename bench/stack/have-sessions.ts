import {
  type AttributeValue,
  BatchWriteItemCommand,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Session } from '../../core/session/session.ts';
import { insertSession } from '../../lambdas/store/sessions/sessions.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { sessionKey } from '../../lambdas/store/table/keys/session-keys.ts';
import { benchToken } from '../charger/messages.ts';
import type { BenchStack } from './bench-stack.ts';
import { benchChargerId } from './register-chargers.ts';

type Item = Record<string, AttributeValue>;

const itemsPerRequest = 25;
const atOnce = 4;
const minute = 60_000;
/** Long over, so that no other part of the bench lists them among its own. */
const begin = Date.UTC(2020, 0, 1);

/** The id of a session of the bench; all are of the same length, for they are part of what is read. */
const sessionIdOf = (index: number): string => `ses_${String(index).padStart(26, '0')}`;

const startOf = (index: number): string => new Date(begin + index * minute).toISOString();

/** Puts so many ended sessions of one charger into the lists, each a minute after the one before, as copies of the first. */
export async function haveSessions(stack: BenchStack, count: number): Promise<void> {
  const { client, state } = stack.database;
  const template = JSON.stringify(await firstSession(stack));
  const batches = Array.from({ length: Math.ceil(count / itemsPerRequest) }, (_none, index) =>
    Array.from({ length: itemsPerRequest }, (_other, n) => index * itemsPerRequest + n),
  ).values();
  const work = async (): Promise<void> => {
    for (const batch of batches) {
      const requests = batch.map((n) => ({ PutRequest: { Item: copyOf(template, n) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [state]: requests } }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** The first of the sessions as the store keeps it. */
async function firstSession({ database, operatorId, tariffId }: BenchStack): Promise<Item> {
  const session: Session = {
    sessionId: sessionIdOf(0),
    operatorId,
    chargerId: benchChargerId(0),
    evseId: 1,
    connectorId: 1,
    transactionId: '1',
    protocol: 'ocpp1.6',
    state: 'ended',
    start: {
      startedAt: startOf(0),
      receivedAt: startOf(0),
      meterStart: 1_000,
      tokenId: benchToken,
      accountId: 'bench',
      authorization: 'Accepted',
    },
    stop: { endedAt: startOf(0), receivedAt: startOf(0), meterStop: 9_000, reason: 'Local' },
    tariffId,
    timeZone: 'Europe/Zurich',
    anomalies: [],
  };
  await insertSession(database, session, { shard: 0, locationId: 'loc_bench' });
  const { Item } = await database.client.send(
    new GetItemCommand({
      TableName: database.state,
      Key: keyAttributes(sessionKey(session.sessionId)),
    }),
  );
  if (Item === undefined) throw new Error('The first session was not kept.');
  return Item;
}

/**
 * A copy has no kind, so that no function hears of it: it is listed, and neither billed nor reported. It is in the lists of all and of its
 * charger alone: entries of a place and an account would take as long again to write.
 */
function copyOf(template: string, index: number): Item {
  const text = template
    .replaceAll(sessionIdOf(0), sessionIdOf(index))
    .replaceAll(startOf(0), startOf(index));
  const {
    kind: _unheard,
    atLocation: _ofPlace,
    ofAccount: _ofAccount,
    ...item
  } = JSON.parse(text) as Item;
  return item;
}
