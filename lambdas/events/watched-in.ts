import type { DynamoDBRecord } from 'aws-lambda';
import type { Session } from '../../core/session/session.ts';
import { absenceOf } from '../../core/uptime/absence.ts';
import { stateImageFrom } from '../store/events/state-image-from.ts';
import { type RunningView, runningViewFrom } from '../store/sessions/running-view.ts';
import type { Database } from '../store/table/client.ts';
import type { Item } from '../store/table/item.ts';
import type { RunningTime } from '../stream/in-time.ts';
import { newItem, oldItem } from '../stream/stream-records.ts';
import { operatorOf, sessionOf } from './address-event.ts';
import { eachRecord, type RecordErrors } from './each-record.ts';

/** A record that may be a reason to look after a charger: the readings of a session that runs, or its return. */
export type Watched = { readonly record: DynamoDBRecord; readonly operatorId: string } & (
  | {
      readonly kind: 'readings';
      readonly session: Session;
      readonly old: RunningView | undefined;
      readonly view: RunningView;
    }
  | {
      readonly kind: 'return';
      readonly chargerKey: string;
      readonly absence: { readonly from: string; readonly to: string };
    }
);

const viewIn = (item: Item | undefined): RunningView | undefined =>
  item?.['kind']?.S === 'LIVE' ? runningViewFrom(item) : undefined;

async function readingsIn(
  database: Database,
  record: DynamoDBRecord,
  view: RunningView,
): Promise<readonly Watched[]> {
  const session = await sessionOf(database, view.sessionId);
  if (session === undefined) return [];
  const { operatorId } = session;
  return [{ record, operatorId, kind: 'readings', session, old: viewIn(oldItem(record)), view }];
}

function returnIn(record: DynamoDBRecord, item: Item | undefined): readonly Watched[] {
  const before = oldItem(record);
  const [old, image] = [before && stateImageFrom(before), item && stateImageFrom(item)];
  if (old?.kind !== 'connection' || image?.kind !== 'connection') return [];
  const { chargerKey } = image;
  const absence = absenceOf(old, image);
  return absence === undefined
    ? []
    : [{ record, operatorId: operatorOf(chargerKey), kind: 'return', chargerKey, absence }];
}

/** Finds the records that may be a reason to look after a charger, and whose they are; notes those with which that failed. */
export async function watchedIn(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<readonly Watched[]> {
  const kinds = ['LIVE', 'CONNECTION'];
  const ofKind = records.filter(({ dynamodb }) =>
    kinds.includes(dynamodb?.NewImage?.['kind']?.S ?? ''),
  );
  const found = await eachRecord(ofKind, time, errors, {
    failure: 'It could not be read what a record says of a charger',
    work: async (record) => {
      const item = newItem(record);
      const view = viewIn(item);
      return view === undefined ? returnIn(record, item) : await readingsIn(database, record, view);
    },
  });
  return found.flat();
}
