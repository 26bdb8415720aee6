import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { text, toItem } from '../table/item.ts';
import { authorityItemKey } from '../table/keys/certificate-keys.ts';

/** The certificate of the authority of chargers, by which others trust it. Times are ISO 8601 in UTC. */
export type AuthorityCertificate = {
  /** PEM. */
  readonly certificate: string;
  /** SHA-256 of its DER, hexadecimal. */
  readonly fingerprint: string;
  readonly notAfter: string;
};

/** Reads the certificate of the authority that has a key; undefined where it has not been made yet. */
export async function readAuthorityCertificate(
  database: Database,
  keyId: string,
): Promise<AuthorityCertificate | undefined> {
  const item = await getItem(database, authorityItemKey(keyId), true);
  return (
    item && {
      certificate: text(item, 'certificate'),
      fingerprint: text(item, 'fingerprint'),
      notAfter: text(item, 'notAfter'),
    }
  );
}

/** Keeps the certificate of an authority, once: one that was kept before stays. */
export async function keepAuthorityCertificate(
  database: Database,
  keyId: string,
  certificate: AuthorityCertificate,
): Promise<void> {
  await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({ ...authorityItemKey(keyId), kind: 'AUTHORITY', ...certificate }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}
