import type { PushedModule } from '../../core/ocpi/push/pushed-modules.ts';
import type { PushMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { SharedThing } from '../roaming/partner-message.ts';
import { listOpenPushes, type PartnerPush } from '../store/partners/pushes.ts';
import type { Database } from '../store/table/client.ts';

/** The order of what was first tried at the same moment: a CDR comes after its session, an invoice after its CDRs. */
const order: readonly PushedModule[] = [
  'tokens',
  'tariffs',
  'locations',
  'sessions',
  'chargingprofiles',
  'cdrs',
  'invoicereconciliation',
];

const inOrder = (a: PartnerPush, b: PartnerPush): number => {
  const [since, other] = [a.failingSince ?? '', b.failingSince ?? ''];
  if (since !== other) return since < other ? -1 : 1;
  return order.indexOf(a.module) - order.indexOf(b.module);
};

/** Has the pushes that wait tried at once that are for a party which its hub says is connected again, in the order in which they were first tried. */
export async function wakePushes(
  { database, push }: { readonly database: Database; readonly push: SendOutbound },
  operatorId: string,
  { partnerId, wokenFor }: Extract<SharedThing, { readonly kind: 'connected' }>,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = { limit: 100, after };
    const { items, next } = await listOpenPushes(database, operatorId, partnerId, page);
    const messages = items
      .filter(({ state }) => state === 'pending')
      .toSorted(inOrder)
      .map(
        ({ module, objectId }): PushMessage => ({
          kind: 'push',
          operatorId,
          partnerId,
          module,
          objectId,
          wokenFor,
          waitSeconds: 0,
        }),
      );
    if (messages.length > 0) await push(messages);
    after = next ?? undefined;
  } while (after !== undefined);
}
