import { createHash } from 'node:crypto';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { type Item, number, optionalNumber, optionalText, text, toItem } from '../table/item.ts';
import { transferKey } from '../table/keys/file-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { updateOf } from '../table/update.ts';

/** A file that came. */
export type ArrivedFile = {
  readonly objectKey: string;
  /** As the charger named it. */
  readonly name?: string;
  readonly bytes: number;
  /** SHA-256 in hex. */
  readonly sha256: string;
  /** ISO 8601 in UTC. */
  readonly arrivedAt: string;
};

/** A file that a charger may download. */
export type OfferedFile = { readonly objectKey: string; readonly bytes: number };

/** A file that a charger was asked to upload, or to download, by the URL that it was given for it. */
export type Transfer = {
  /** Names the upload; derives from the token, which is not stored. */
  readonly transferId: string;
  readonly operatorId: string;
  readonly chargerKey: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** Absent while nothing has come. */
  readonly file?: ArrivedFile;
  /** Present for a download. */
  readonly offered?: OfferedFile;
};

/** Days that a transfer is remembered after it was asked for: as long as its command. */
const retentionDays = 90;

/** The id of the transfer of a token: its hash, so that whoever reads the database cannot upload anything. */
export const transferIdOf = (token: string): string =>
  createHash('sha256').update(token, 'utf8').digest('hex');

const fileFrom = (item: Item): ArrivedFile | undefined => {
  const objectKey = optionalText(item, 'objectKey');
  if (objectKey === undefined) return undefined;
  return omitUndefined({
    objectKey,
    name: optionalText(item, 'name'),
    bytes: optionalNumber(item, 'bytes') ?? 0,
    sha256: text(item, 'sha256'),
    arrivedAt: text(item, 'arrivedAt'),
  });
};

const offeredFrom = (item: Item): OfferedFile | undefined => {
  const objectKey = optionalText(item, 'offeredKey');
  return objectKey === undefined ? undefined : { objectKey, bytes: number(item, 'offeredBytes') };
};

const transferFrom = (item: Item): Transfer =>
  omitUndefined({
    transferId: text(item, 'transferId'),
    operatorId: text(item, 'operatorId'),
    chargerKey: text(item, 'chargerKey'),
    expiresAt: number(item, 'expiresAt'),
    file: fileFrom(item),
    offered: offeredFrom(item),
  });

/** Keeps a transfer that a charger is asked for. */
export async function createTransfer(
  database: Database,
  { transferId, operatorId, chargerKey, expiresAt, offered }: Transfer,
): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({
        ...transferKey(transferId),
        kind: 'TRANSFER',
        transferId,
        operatorId,
        chargerKey,
        expiresAt,
        offeredKey: offered?.objectKey,
        offeredBytes: offered?.bytes,
        removeAt: expiresAt + retentionDays * 86_400,
      }),
    }),
  );
}

/** Reads a transfer; undefined where no transfer has this id. */
export async function readTransfer(
  database: Database,
  transferId: string,
): Promise<Transfer | undefined> {
  const item = await getItem(database, transferKey(transferId), true);
  return item === undefined ? undefined : transferFrom(item);
}

/** Reads transfers by their ids, in their order. */
export async function readTransfers(
  database: Database,
  transferIds: readonly string[],
): Promise<readonly (Transfer | undefined)[]> {
  const items = await getItems(database, transferIds.map(transferKey));
  return items.map((item) => (item === undefined ? undefined : transferFrom(item)));
}

/** Notes the file of a transfer; `taken` where another one came before. */
export async function noteArrival(
  database: Database,
  transferId: string,
  file: ArrivedFile,
): Promise<'noted' | 'taken'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(transferKey(transferId)),
        ...updateOf({ set: file, names: ['pk'], values: { own: file.objectKey } }),
        ConditionExpression:
          'attribute_exists(#pk) AND (attribute_not_exists(#objectKey) OR #objectKey = :own)',
      }),
    ),
  );
  return update.kind === 'written' ? 'noted' : 'taken';
}
