import { deliverable } from '../outbound/deliverable.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { appendEvents } from '../store/events/append-events.ts';
import type { Audience } from '../store/events/audience.ts';
import type { NewEvent } from '../store/events/logged-event.ts';
import { wantedBy } from '../store/events/subscribers.ts';
import type { Database } from '../store/table/client.ts';
import type { Addressed } from './address-event.ts';
import { writtenAt } from './derive-from-record.ts';

/** How long a charger is known as it was read, ms. */
const chargersKeptFor = 60_000;
const mostRemembered = 5_000;

/** Loaded when needed: most operators have no webhook. */
const send: SendOutbound = async (messages) => {
  if (messages.length === 0) return;
  const { sendOutbound } = await import('../outbound/send-outbound.ts');
  await sendOutbound(messages);
};

type Named = { readonly chargerId: string };

const chargers = new Map<string, { readonly named: Named; readonly until: number }>();

/** The charger of an event as its operator writes it; one that was deleted has the id by which it is compared. */
async function nameCharger(database: Database, key: string, now: number): Promise<Named> {
  const known = chargers.get(key);
  if (known !== undefined && known.until > now) return known.named;
  const charger = await readCharger(database, key);
  const named = { chargerId: charger?.chargerId ?? key.slice(key.indexOf('#') + 1) };
  if (chargers.size >= mostRemembered) chargers.clear();
  chargers.set(key, { named, until: now + chargersKeptFor });
  return named;
}

async function complete(
  database: Database,
  { chargerKey, event }: Addressed,
  now: number,
): Promise<NewEvent> {
  if (chargerKey === undefined) return event;
  const named = await nameCharger(database, chargerKey, now);
  return { ...event, data: { ...named, ...event.data } };
}

/** Logs events of one operator, in their order, and sends them on their way to webhooks; nothing where nobody is interested. */
export async function publishEvents(
  database: Database,
  operatorId: string,
  addressed: readonly Addressed[],
  audience: Audience,
): Promise<void> {
  if (!audience.isAny || addressed.length === 0) return;
  const now = Date.now();
  const events: NewEvent[] = [];
  for (const one of addressed) events.push(await complete(database, one, now));
  const since = Math.min(...addressed.map(({ record }) => writtenAt(record)));
  const logged = await appendEvents(database, operatorId, events, { since });
  // Also those that were logged before: whoever logged them may have ended in between.
  await send([
    ...audience.subscribers
      .filter((subscriber) => logged.some(wantedBy(subscriber)))
      .map(({ connectionId, apiKeyId }) => ({
        kind: 'feed' as const,
        operatorId,
        connectionId,
        apiKeyId,
        waitSeconds: 0,
      })),
    ...logged.flatMap((event) =>
      audience.webhooks
        .filter((webhook) => deliverable(event, webhook))
        .map(({ webhookId }) => ({
          kind: 'delivery' as const,
          operatorId,
          webhookId,
          event: { ...event, data: { ...event.data } },
          attempt: 1,
          waitSeconds: 0,
          isReplay: false,
        })),
    ),
  ]);
}
