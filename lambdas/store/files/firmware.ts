import {
  DeleteItemCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, optionalText, text, toItem } from '../table/item.ts';
import { firmwareKey } from '../table/keys/file-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { lists } from '../table/keys/lists.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';
import { updateOf } from '../table/update.ts';

/** A firmware that an operator has, or is about to upload. */
export type Firmware = {
  readonly firmwareId: string;
  readonly operatorId: string;
  /** The version that a charger reports when it runs. */
  readonly version: string;
  readonly vendor?: string;
  readonly model?: string;
  readonly fileName: string;
  readonly bytes: number;
  /** SHA-256 in hex. */
  readonly sha256: string;
  /** The manufacturer's certificate (PEM) and signature (base64), by which chargers check it. */
  readonly signed?: { readonly certificate: string; readonly signature: string };
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** Absent while it has not been uploaded. */
  readonly uploadedAt?: string;
};

const firmwareFrom = (item: Item): Firmware => {
  const certificate = optionalText(item, 'certificate');
  return omitUndefined({
    firmwareId: text(item, 'firmwareId'),
    operatorId: text(item, 'operatorId'),
    version: text(item, 'version'),
    vendor: optionalText(item, 'vendor'),
    model: optionalText(item, 'model'),
    fileName: text(item, 'fileName'),
    bytes: number(item, 'bytes'),
    sha256: text(item, 'sha256'),
    signed:
      certificate === undefined ? undefined : { certificate, signature: text(item, 'signature') },
    createdAt: text(item, 'createdAt'),
    uploadedAt: optionalText(item, 'uploadedAt'),
  });
};

/** Keeps a new firmware, in one transaction with `more`; `refused` where a condition of that does not hold. */
export async function createFirmware(
  database: Database,
  firmware: Firmware,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'refused'> {
  const { signed, ...facts } = firmware;
  const { operatorId, firmwareId } = facts;
  const Item = toItem({
    ...firmwareKey(operatorId, firmwareId),
    kind: 'FIRMWARE',
    ...facts,
    ...signed,
    listKey: lists.firmware(operatorId),
    listSort: firmwareId,
  });
  return (await putWith(database, { Item }, more)) ? 'created' : 'refused';
}

/** Reads a firmware of an operator; undefined where it has none of this id. */
export async function readFirmware(
  database: Database,
  operatorId: string,
  firmwareId: string,
): Promise<Firmware | undefined> {
  const item = await getItem(database, firmwareKey(operatorId, firmwareId), true);
  return item === undefined ? undefined : firmwareFrom(item);
}

/** Lists an operator's firmware by id. */
export const listFirmware = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<Firmware>> =>
  await listThings(
    database,
    { steps: [[lists.firmware(operatorId)]], order: 'ascending', ...request },
    firmwareFrom,
  );

/** Notes that the file of a firmware has come; nothing where the firmware is gone. */
export async function noteFirmwareUploaded(
  database: Database,
  { operatorId, firmwareId }: Firmware,
  uploadedAt: string,
): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(firmwareKey(operatorId, firmwareId)),
        ...updateOf({ set: { uploadedAt }, names: ['pk'] }),
        ConditionExpression: 'attribute_exists(#pk)',
      }),
    ),
  );
}

/** Forgets a firmware. */
export async function deleteFirmware(
  database: Database,
  operatorId: string,
  firmwareId: string,
): Promise<void> {
  await database.client.send(
    new DeleteItemCommand({
      TableName: database.state,
      Key: keyAttributes(firmwareKey(operatorId, firmwareId)),
    }),
  );
}
