import { absenceAlertEvents, sessionAlertEvents } from '../../core/event/alert-events.ts';
import type { EventDraft } from '../../core/event/event.ts';
import type { AlertThresholds } from '../../core/monitoring/alerts.ts';
import { instant } from '../../core/units/instant.ts';
import { readOffline } from '../store/monitoring/offline-spans.ts';
import type { Database } from '../store/table/client.ts';
import { type Addressed, addressEvent } from './address-event.ts';
import { sourceOf } from './derive-from-record.ts';
import { monitoringOf } from './operator-monitoring.ts';
import type { Watched } from './watched-in.ts';

const day = 86_400_000;

/** The begins of a charger's absences in the day before one, epoch ms; this one may be kept already, where its record comes again. */
async function readEarlier(
  database: Database,
  chargerKey: string,
  { from }: { readonly from: string },
): Promise<readonly number[]> {
  const until = Date.parse(from);
  const window = { from: instant(BigInt(until - day)), to: instant(BigInt(until)) };
  const spans = await readOffline(database, chargerKey, window);
  return spans.map((span) => Number(span.from)).filter((at) => at < until);
}

async function draftsOf(
  database: Database,
  watched: Watched,
  thresholds: AlertThresholds,
): Promise<readonly EventDraft[]> {
  switch (watched.kind) {
    case 'readings':
      return sessionAlertEvents(watched.session, watched.old, watched.view, thresholds);
    case 'return': {
      const { chargerKey, absence } = watched;
      const earlier = await readEarlier(database, chargerKey, absence);
      return absenceAlertEvents(chargerKey, earlier, absence, thresholds);
    }
    default:
      return watched satisfies never;
  }
}

/** The alerts that begin with records of an operator, by its thresholds, as events: asked for only where somebody reads them. */
export async function alertsOf(
  database: Database,
  operatorId: string,
  watched: readonly Watched[],
): Promise<readonly Addressed[]> {
  if (watched.length === 0) return [];
  const { alerts: thresholds } = await monitoringOf(database, operatorId);
  const events: Addressed[] = [];
  for (const one of watched) {
    const { record } = one;
    for (const draft of await draftsOf(database, one, thresholds)) {
      const source = sourceOf(record, `alert ${JSON.stringify(draft.data)}`);
      const addressed = await addressEvent(database, { record, draft, source });
      if (addressed !== undefined) events.push(addressed);
    }
  }
  return events;
}
