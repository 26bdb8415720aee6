import type { PushMessage } from '../../../lambdas/outbound/delivery-message.ts';
import type { RoamingServices } from '../../../lambdas/roaming/roaming-services.ts';
import { createBreaker } from '../../../lambdas/webhooks/breaker.ts';
import { deliverPush } from '../../../lambdas/webhooks/deliver-push.ts';
import type { Pushing } from '../../../lambdas/webhooks/note-push.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { type ReceivingPartner, receivingPartner } from '../partners/receiving-partner.ts';
import { addPartner, type Document, openRoaming } from '../partners/roaming-plant.ts';

let uids = 0;

const newUid = (): string => {
  uids += 1;
  return `PUSH-${uids}`;
};

type Waiting = { readonly message: PushMessage; readonly due: number };

/** The queue of deliveries with a clock of its own: messages come when they are due. */
export function openQueue(
  database: TestDatabase,
  partner: { readonly partnerId: string; readonly services: Pick<RoamingServices, 'keyOf'> },
  receiving: ReceivingPartner,
  clock: { at: number },
) {
  const waiting: Waiting[] = [];
  let claims = 0;
  const pushing: Pushing = {
    database,
    services: {
      request: receiving.request,
      keyOf: partner.services.keyOf,
      now: () => clock.at,
    },
    breaker: createBreaker(),
    send: async (messages) => {
      for (const message of messages) {
        if (message.kind !== 'push') continue;
        const { waitSeconds } = message;
        const due = clock.at + waitSeconds * 1000;
        waiting.push({ message: { ...message, waitSeconds: 0 }, due });
      }
    },
    newClaim: () => {
      claims += 1;
      return `${partner.partnerId}-${claims}`;
    },
    chance: () => 0,
  };
  const takeDue = (): readonly PushMessage[] => {
    const due = waiting.filter((one) => one.due <= clock.at);
    for (const one of due) waiting.splice(waiting.indexOf(one), 1);
    return due.map(({ message }) => message);
  };
  /** Delivers what is due; with `until`, waits for what is due later as well. */
  const run = async (messages: readonly PushMessage[], until = clock.at): Promise<void> => {
    for (const message of messages) await deliverPush(pushing, message);
    for (;;) {
      for (const message of takeDue()) await deliverPush(pushing, message);
      const next = Math.min(...waiting.map(({ due }) => due));
      if (next > until) return;
      clock.at = Math.max(clock.at, next);
    }
  };
  return { pushing, run, waiting };
}

/** An operator with a partner that takes pushes, and a driver of it. */
export async function havePushes(
  database: TestDatabase,
  version: string,
  receivers = ['sessions', 'cdrs', 'locations', 'tariffs'],
  { parties, ...more }: { readonly parties?: object; readonly ourParties?: object } = {},
) {
  const roaming = await openRoaming(database);
  if (parties !== undefined) await roaming.operator.call('PUT', '/settings/ocpi', parties);
  const partner = await addPartner(database, roaming.operator, version, { receivers, ...more });
  const clock = { at: Date.now() };
  const receiving = receivingPartner(() => clock.at);
  const queue = openQueue(database, partner, receiving, clock);
  const uid = newUid();
  await partner.pushToken(uid);
  /** Publishes everything, and delivers what is due. */
  const settle = async (until?: number): Promise<void> => {
    await roaming.publish();
    await queue.run(roaming.pushes.splice(0), until);
  };
  const deliveries = async () =>
    (await roaming.operator.call('GET', `/partners/${partner.partnerId}/deliveries`)).body
      .items as readonly Document[];
  return { ...roaming, partner, clock, receiving, uid, settle, deliveries, ...queue };
}
