import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { toItem } from '../table/item.ts';
import { type Key, operatorKey } from '../table/keys.ts';

const admissionKey = (operatorId: string): Key => ({ ...operatorKey(operatorId), sk: 'ADMISSION' });

/** Which chargers an operator lets take part. */
export type Admission = {
  /** True if a charger that is registered takes part only after it was approved. */
  readonly approveNewChargers: boolean;
};

/** Reads it; every registered charger takes part until something else was set. */
export async function readAdmission(database: Database, operatorId: string): Promise<Admission> {
  const item = await getItem(database, admissionKey(operatorId), true);
  return { approveNewChargers: item?.['approveNewChargers']?.BOOL === true };
}

/** Keeps it, in the place of what held before. */
export async function writeAdmission(
  database: Database,
  operatorId: string,
  admission: Admission,
): Promise<void> {
  const Item = toItem({ ...admissionKey(operatorId), kind: 'ADMISSION', ...admission });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
}
