import { listWebhooks } from '../store/events/audience.ts';
import { listPartners } from '../store/partners/partners.ts';
import { listOpenPushes } from '../store/partners/pushes.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** A receiver that did not get what it is to get. */
export type OpenDelivery = {
  readonly operatorName: string;
  readonly kind: 'webhook' | 'partner';
  /** The URL of a webhook, or the name of a partner. */
  readonly receiver: string;
  /** Since when it fails, ISO 8601 in UTC; undefined where it waits only. */
  readonly since?: string | undefined;
  /** Why: the latest failure, or why nothing is sent any more. */
  readonly why: string;
  /** Objects that wait, by module; empty for a webhook. */
  readonly waiting: string;
};

/** Receivers with open deliveries; `more` is true where not all were looked at. */
export type DeliveriesPage = { readonly rows: readonly OpenDelivery[]; readonly more: boolean };

/** Operators, partners of each and of all, and pushes of a partner that one look reads: about 400 queries. */
const mostOperators = 100;
const mostPartners = 50;
const mostPartnersInAll = 200;
const mostPushes = 100;

/** Reads webhooks that fail or are disabled for that, and partners to which objects could not be pushed, CDRs among them. */
export async function readDeliveries(
  database: Database,
  { operatorId }: Pick<WidgetOf<'deliveries'>, 'operatorId'>,
): Promise<DeliveriesPage> {
  const rows: OpenDelivery[] = [];
  let operators = 0;
  let seen = 0;
  let more = false;
  for await (const { operatorId: id, name } of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators) return { rows, more: true };
    operators += 1;
    const [webhooks, partners] = await Promise.all([
      listWebhooks(database, id),
      listPartners(database, id, { limit: mostPartners }),
    ]);
    more ||= partners.next !== null;
    rows.push(...webhooks.flatMap((webhook) => failingWebhook(name, webhook)));
    const looked = partners.items.slice(0, mostPartnersInAll - seen);
    seen += looked.length;
    more ||= looked.length < partners.items.length;
    const open = await Promise.all(
      looked.map(async ({ partnerId, name: receiver }) => {
        const page = await listOpenPushes(database, id, partnerId, { limit: mostPushes });
        return openPartner({ operatorName: name, receiver }, page);
      }),
    );
    rows.push(...open.flat());
  }
  return { rows, more };
}

type Webhook = Awaited<ReturnType<typeof listWebhooks>>[number];

function failingWebhook(
  operatorName: string,
  { url, disabled, failingSince }: Webhook,
): readonly OpenDelivery[] {
  const isOff = disabled !== undefined && disabled.reason !== 'operator';
  if (!isOff && failingSince === undefined) return [];
  const why = isOff ? `disabled: ${disabled.reason}` : 'fails';
  const since = failingSince ?? disabled?.at;
  return [{ operatorName, kind: 'webhook', receiver: url, since, why, waiting: '' }];
}

type Pushes = Awaited<ReturnType<typeof listOpenPushes>>;

function openPartner(
  whose: Pick<OpenDelivery, 'operatorName' | 'receiver'>,
  { items: pushes, next }: Pushes,
): readonly OpenDelivery[] {
  if (pushes.length === 0) return [];
  const byModule = Map.groupBy(pushes, ({ module }) => module);
  const counted = [...byModule].map(([module, some]) => `${some.length} ${module}`).join(', ');
  const waiting = next === null ? counted : `more than ${counted}`;
  const failing = pushes.find(({ lastFailure }) => lastFailure !== undefined);
  const why = failing?.lastFailure?.message ?? 'on the way';
  return [{ ...whose, kind: 'partner', since: failing?.failingSince, why, waiting }];
}
