import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { pushedModules } from '../../../core/ocpi/push/pushed-modules.ts';
import { done, refused } from '../../http/answer.ts';
import { readWritten, readWrittenPage } from '../../roaming/written-publication.ts';
import { readPartner } from '../../store/partners/partners.ts';
import {
  listOpenPushes,
  type PartnerPush,
  type PushName,
  readPush,
} from '../../store/partners/pushes.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import type { sharedModules } from './delivery-schema.ts';

const idOf = ({ module, objectId }: Pick<PushName, 'module' | 'objectId'>): string =>
  `${module}.${objectId}`;

const failureView = (failure: PartnerPush['lastFailure']) =>
  failure === undefined
    ? null
    : {
        at: failure.at,
        http: failure.http ?? null,
        statusCode: failure.statusCode ?? null,
        message: failure.message,
      };

/** Shows the delivery of an object to a partner. */
const deliveryView = (push: PartnerPush) => ({
  deliveryId: idOf(push),
  module: push.module,
  objectId: push.objectId,
  state: push.state,
  attempts: push.attempts,
  failingSince: push.failingSince ?? null,
  lastFailure: failureView(push.lastFailure),
  nextAttemptAt: push.plannedAt ?? null,
  deliveredAt: push.sentAt ?? null,
  location: push.location ?? null,
  reason: push.reason ?? null,
  losses: [...push.losses],
  lossesLeftOut: push.lossesLeftOut ?? 0,
});

/** Lists what has not arrived at a partner, what fails for longest first. */
export async function listDeliveriesCall(
  { database, operatorId }: Caller,
  partnerId: string,
  page: ListRequest,
) {
  if ((await readPartner(database, operatorId, partnerId)) === undefined) {
    return refused('PARTNER_NOT_FOUND');
  }
  const { items, next } = await listOpenPushes(database, operatorId, partnerId, page);
  return { items: items.map(deliveryView), next };
}

/** An object that nothing was pushed of: the partner reads it, with these losses. */
const notPushed = (name: PushName, losses: PartnerPush['losses'], reason: string | undefined) => ({
  ...deliveryView({
    ...name,
    state: 'pending',
    sentRevision: 0,
    attempts: 0,
    losses,
    version: 0,
    ...(reason === undefined ? {} : { reason }),
  }),
  state: reason === undefined ? ('not-pushed' as const) : ('impossible' as const),
});

/** The version and the parties that a partner has, or would have once it is registered. */
const spokenWith = ({ registration, versions: [version = '2.3.0'] }: Partner) =>
  registration ?? { version, roles: [] };

/** Lists the objects of a module that a partner reads differently, or not at all, in the order in which partners first saw them. */
export async function listLossesCall(
  { database, operatorId }: Caller,
  partnerId: string,
  module: (typeof sharedModules)[number],
  { limit, after = '0' }: ListRequest,
) {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const offset = Number(after);
  // Cursors are ours, and anything else begins at the start.
  const page = { offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0, limit };
  const name = { operatorId, partnerId, module };
  const seen = await readWrittenPage(database, name, partner, spokenWith(partner), page);
  const items = seen.objects.flatMap(({ objectId, written }) => {
    const deliveryId = idOf({ module, objectId });
    if (written.kind === 'impossible') {
      return { deliveryId, module, objectId, reason: written.reason, losses: [] };
    }
    const losses = [...written.losses];
    return losses.length === 0 ? [] : { deliveryId, module, objectId, reason: null, losses };
  });
  const end = page.offset + limit;
  return { items, next: end < seen.total ? String(end) : null };
}

/** Shows how far a partner is with one object, and what it reads differently. */
export async function readDeliveryCall(
  { database, operatorId }: Caller,
  partnerId: string,
  deliveryId: string,
) {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const module = pushedModules.find((one) => deliveryId.startsWith(`${one}.`));
  if (module === undefined) return refused('PARTNER_DELIVERY_NOT_FOUND');
  const objectId = deliveryId.slice(module.length + 1);
  const name = { operatorId, partnerId, module, objectId };
  const push = await readPush(database, name);
  if (push !== undefined) return done(deliveryView(push));
  const seen = await readWritten(database, name, partner, spokenWith(partner));
  if (seen === undefined) return refused('PARTNER_DELIVERY_NOT_FOUND');
  const { written } = seen;
  return done(
    written.kind === 'translated'
      ? notPushed(name, written.losses, undefined)
      : notPushed(name, [], written.reason),
  );
}
