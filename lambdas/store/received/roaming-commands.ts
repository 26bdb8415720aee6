import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Party } from '../../../core/ocpi/model/party.ts';
import type { RoamingCommand } from '../../../core/ocpi/received/roaming-command.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, number, text, toItem } from '../table/item.ts';
import { profileCommandKey, receivedKey } from '../table/keys/received-keys.ts';
import { putWith } from '../table/put-with.ts';
import { ifAsRead, putPart } from './write-parts.ts';

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

/** Reads which command set the charging profile of a partner's session last; behind a hub, of a session of a party. */
export async function readProfileCommand(
  database: Database,
  { operatorId, partnerId }: Pick<RoamingCommand, 'operatorId' | 'partnerId'>,
  sessionId: string,
  party?: Party,
): Promise<string | undefined> {
  const key = profileCommandKey(operatorId, partnerId, sessionId, party);
  const item = await getItem(database, key, true);
  return item && text(item, 'commandId');
}

/** The writes by which a command becomes the one that set the profile of its session last. */
function profileParts(
  database: Database,
  { operatorId, partnerId, commandId, type, sessionId, createdAt, receiver }: RoamingCommand,
): readonly TransactWriteItem[] {
  if (type !== 'set-charging-profile' || sessionId === undefined) return [];
  const keys = [undefined, ...(receiver === undefined ? [] : [receiver])].map((party) =>
    profileCommandKey(operatorId, partnerId, sessionId, party),
  );
  const facts = { kind: 'RECEIVEDPROFILE', commandId, removeAt: removalOf(createdAt) };
  return keys.map((key) => putPart(database, toItem({ ...key, ...facts })));
}

const removalOf = (createdAt: string): number =>
  Math.floor(Date.parse(createdAt) / 1_000) + retentionDays * 86_400;

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
    removeAt: removalOf(command.createdAt),
  });
  const put = { Item, ...ifAsRead(before?.revision) };
  const more = before === undefined ? profileParts(database, command) : [];
  return (await putWith(database, put, more)) ? 'written' : 'changed';
}
