import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import type { OutboundMessage, ResultMessage } from '../../../lambdas/outbound/delivery-message.ts';
import type { TextRequest } from '../../../lambdas/outbound/request-text.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { SharedThing } from '../../../lambdas/roaming/partner-message.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import type { Item } from '../../../lambdas/store/table/item.ts';
import { deliverResult } from '../../../lambdas/webhooks/deliver-result.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { addPartner, type Document, openRoaming } from '../partners/roaming-plant.ts';
import { plugIn, scan } from '../plant.ts';

let chargers = 0;

const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];

/** Where a partner of tests wants the results of its commands. */
export const commandResults = 'https://partner.example/results/1';

/** A location with a charger that is connected, and a partner that commands it. */
export async function haveCommandedCharger(
  database: TestDatabase,
  version: string,
  answer: object,
  protocol: Protocol = 'ocpp1.6',
  options: Parameters<typeof addPartner>[3] = {},
) {
  const roaming = await openRoaming(database);
  const { operator, tariffId, locationId, publishing } = roaming;
  const partner = await addPartner(database, operator, version, options);
  chargers += 1;
  const chargerId = `CMD-${chargers}`;
  const capabilities = ['REMOTE_START_STOP_CAPABLE', 'CHARGING_PROFILE_CAPABLE'];
  const evses = [{ evseId: 1, capabilities, connectors }];
  const form = { chargerId, tariffId, locationId, connectors: 1, evses };
  expect((await operator.call('POST', '/chargers', form)).status).toBe(201);
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const connectedAt = new Date().toISOString();
  await takeOver(database, chargerKey, { connectionId: `cmd-${chargers}`, protocol, connectedAt });
  await roaming.publish();
  const [location] = await partner.list('locations');
  const [evse] = (location?.['evses'] ?? []) as readonly { readonly uid: string }[];
  const charger = await plugIn(database, chargerKey, Date.now(), protocol);
  const asked: [string, Document][] = [];
  const deadlines: CommandMessage[] = [];
  /** Has everything sent that waits, and the charger answer it, or say nothing. */
  const work = async (answers: object | 'nothing' = answer): Promise<void> => {
    const queue: CommandMessage[] = partner.commandMessages.splice(0);
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      if (message.kind === 'deadline') {
        deadlines.push(message);
        continue;
      }
      const sender = {
        ...{ database, now: Date.now },
        send: async (next: CommandMessage) => void queue.push(next),
        post: async (_connection: string, frame: string) => {
          const [, id, action, payload] = JSON.parse(frame) as [2, string, string, Document];
          asked.push([action, payload]);
          if (answers === 'nothing') return 'posted' as const;
          const now = await plugIn(database, chargerKey, Date.now(), protocol);
          await now.send(JSON.stringify([3, id, answers]));
          return 'posted' as const;
        },
      };
      await handleMessage(sender, message);
    }
  };
  /** The time in which the charger has to answer is over. */
  const timeOut = async (): Promise<void> => {
    const nothing = async () => undefined;
    const sender = { database, now: () => Date.now() + 31_000, send: nothing };
    const post = async () => 'posted' as const;
    for (const deadline of deadlines.splice(0)) await handleMessage({ ...sender, post }, deadline);
  };
  const told = ['command', 'reservation', 'released'];
  /** The results that the partner gets after looks at things. */
  const resultsOf = async (things: readonly SharedThing[]): Promise<readonly TextRequest[]> => {
    const sent: OutboundMessage[] = [];
    const push = async (messages: readonly OutboundMessage[]) => void sent.push(...messages);
    const { operatorId } = operator;
    for (const thing of things) {
      await takeMessage({ ...publishing, push }, { kind: 'look', operatorId, thing });
    }
    const taken: TextRequest[] = [];
    const request = async (one: TextRequest) => {
      taken.push(one);
      const body = '{"status_code":1000,"timestamp":"2026-04-14T16:00:00Z"}';
      return { kind: 'answered', status: 200, headers: {}, body } as const;
    };
    const services = { request, keyOf: partner.services.keyOf, now: Date.now };
    for (const message of sent)
      await deliverResult({ database, services }, message as ResultMessage);
    return taken;
  };
  /** The results that the partner gets: what the stream of state would have done by now, from what was before. */
  const results = async (before: readonly Item[] = []): Promise<readonly TextRequest[]> => {
    const { sharedByRecord } = await import('../../../lambdas/events/shared-things.ts');
    const placeOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;
    const old = new Map(before.map((item) => [placeOf(item), item]));
    const things: SharedThing[] = [];
    for (const item of await scan(database, database.state)) {
      if (isDeepStrictEqual(old.get(placeOf(item)), item)) continue;
      const images = { NewImage: item as never, OldImage: old.get(placeOf(item)) as never };
      const record = { eventName: 'INSERT', dynamodb: images } as const;
      const shared = sharedByRecord(record).filter(
        ({ operatorId }) => operatorId === operator.operatorId,
      );
      things.push(...shared.map(({ thing }) => thing).filter(({ kind }) => told.includes(kind)));
    }
    return await resultsOf(things);
  };
  /** The results that the partner gets after what is to be looked at again. */
  const resultsAgain = async (): Promise<readonly TextRequest[]> =>
    await resultsOf(
      roaming.messages.splice(0).flatMap((one) => (one.kind === 'look' ? [one.thing] : [])),
    );
  const order = async (command: string, fields: { readonly [name: string]: JsonLiteral }) => {
    const body = { response_url: commandResults, ...fields };
    const { data, ...answered } = await partner.send('POST', `commands/${command}`, body);
    return { ...answered, data: JSON.parse(writeJsonLiterals(data)) as Document | null };
  };
  return {
    ...roaming,
    partner,
    chargerKey,
    charger,
    uid: evse?.uid ?? '',
    asked,
    work,
    timeOut,
    results,
    resultsAgain,
    order,
  };
}
