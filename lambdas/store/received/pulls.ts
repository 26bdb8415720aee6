import {
  type PulledModule,
  type PullProgress,
  pulledModules,
} from '../../../core/ocpi/pull/pull-progress.ts';
import type { Database } from '../table/client.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { document, type Item, number, toItem } from '../table/item.ts';
import { pullKey } from '../table/keys/received-keys.ts';
import { putWith } from '../table/put-with.ts';
import { ifAsRead } from './write-parts.ts';

/** Which pull of which partner. */
export type PullName = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly module: PulledModule;
};

/** The progress of a pull as it is kept. */
export type KeptPull = {
  readonly progress: PullProgress;
  /** Counts up with every page. */
  readonly revision: number;
};

const pullFrom = (item: Item): KeptPull => ({
  progress: document<PullProgress>(item, 'progress'),
  revision: number(item, 'revision'),
});

/** Reads how far the last pull of a module is; undefined where there was none. */
export async function readPull(
  database: Database,
  { operatorId, partnerId, module }: PullName,
): Promise<KeptPull | undefined> {
  const item = await getItem(database, pullKey(operatorId, partnerId, module), true);
  return item === undefined ? undefined : pullFrom(item);
}

/** Reads how far the last pulls from a partner are. */
export async function readPulls(
  database: Database,
  { operatorId, partnerId }: Omit<PullName, 'module'>,
): Promise<readonly PullProgress[]> {
  const keys = pulledModules.map((module) => pullKey(operatorId, partnerId, module));
  const items = await getItems(database, keys, true);
  return items.flatMap((item) => (item === undefined ? [] : [pullFrom(item).progress]));
}

/** Keeps how far a pull is, if it is where it was when it was read. */
export async function writePull(
  database: Database,
  { operatorId, partnerId, module }: PullName,
  before: KeptPull | undefined,
  progress: PullProgress,
): Promise<'written' | 'changed'> {
  const Item = toItem({
    ...pullKey(operatorId, partnerId, module),
    kind: 'RECEIVEDPULL',
    progress: JSON.stringify(progress),
    revision: (before?.revision ?? 0) + 1,
  });
  const put = { Item, ...ifAsRead(before?.revision) };
  return (await putWith(database, put, [])) ? 'written' : 'changed';
}
