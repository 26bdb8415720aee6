import type { RoamingCommand } from '../../../core/ocpi/received/roaming-command.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, number, toItem } from '../table/item.ts';
import { putWith } from '../table/put-with.ts';
import { receivedKey } from '../table/received-keys.ts';
import { ifAsRead } from './write-parts.ts';

/** Days that a command is kept after it was sent. */
const retentionDays = 90;

/** A command to a partner as it is kept. */
export type KeptCommand = {
  readonly command: RoamingCommand;
  /** Counts up with every change. */
  readonly revision: number;
};

/** Reads a command to a partner by its id. */
export async function readRoamingCommand(
  database: Database,
  operatorId: string,
  commandId: string,
): Promise<KeptCommand | undefined> {
  const item = await getItem(database, receivedKey(operatorId, commandId), true);
  return item === undefined
    ? undefined
    : { command: document<RoamingCommand>(item, 'command'), revision: number(item, 'revision') };
}

/** Keeps a command to a partner, if it is what it was when it was read. */
export async function writeRoamingCommand(
  database: Database,
  before: KeptCommand | undefined,
  command: RoamingCommand,
): Promise<'written' | 'changed'> {
  const Item = toItem({
    ...receivedKey(command.operatorId, command.commandId),
    kind: 'RECEIVEDCOMMAND',
    command: JSON.stringify(command),
    revision: (before?.revision ?? 0) + 1,
    removeAt: Math.floor(Date.parse(command.createdAt) / 1_000) + retentionDays * 86_400,
  });
  const put = { Item, ...ifAsRead(before?.revision) };
  return (await putWith(database, put, [])) ? 'written' : 'changed';
}
