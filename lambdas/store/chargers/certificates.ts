import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Applicant } from '../../../core/certificate/check-signing-request.ts';
import type { IssuedCertificate } from '../../../core/certificate/issued-certificate.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItems } from '../table/get-item.ts';
import { type Item, optionalText, text, toItem } from '../table/item.ts';
import { certificateKey } from '../table/keys/certificate-keys.ts';
import { bootKey } from '../table/keys/charger-keys.ts';
import { commandLineKey } from '../table/keys/command-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { operatorKey } from '../table/keys/operator-keys.ts';
import { updateOf } from '../table/update.ts';

/** Seconds that a certificate is kept after it has expired: 90 days. */
const keptSeconds = 7_776_000;

const certificateFrom = (item: Item): IssuedCertificate =>
  omitUndefined({
    serialNumber: text(item, 'sk'),
    fingerprint: text(item, 'fingerprint'),
    requestHash: text(item, 'requestHash'),
    issuedAt: text(item, 'issuedAt'),
    notBefore: text(item, 'notBefore'),
    notAfter: text(item, 'notAfter'),
    certificate: text(item, 'certificate'),
    sequence: optionalText(item, 'sequence'),
    acceptedAt: optionalText(item, 'acceptedAt'),
  });

/** Keeps a certificate that was issued to a charger; one with the same serial number stays, and is given instead. */
export async function keepCertificate(
  database: Database,
  chargerKey: string,
  { serialNumber, ...issued }: IssuedCertificate,
): Promise<IssuedCertificate> {
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...certificateKey(chargerKey, serialNumber),
          kind: 'CERTIFICATE',
          ...issued,
          removeAt: Math.floor(Date.parse(issued.notAfter) / 1000) + keptSeconds,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  return put.kind === 'refused' && put.item !== undefined
    ? certificateFrom(put.item)
    : { serialNumber, ...issued };
}

/** Reads the certificates issued to a charger since it was registered (`since`, ISO 8601), the latest first. */
export async function readCertificates(
  database: Database,
  chargerKey: string,
  since = '',
): Promise<readonly IssuedCertificate[]> {
  const found: IssuedCertificate[] = [];
  let start: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': certificateKey(chargerKey, '').pk }),
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    found.push(...(output.Items ?? []).map(certificateFrom));
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  return found
    .filter(({ issuedAt }) => issuedAt >= since)
    .sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1));
}

/** Notes which command delivers a certificate, by its place. */
export async function noteDelivery(
  database: Database,
  chargerKey: string,
  serialNumber: string,
  sequence: string,
): Promise<void> {
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(certificateKey(chargerKey, serialNumber)),
      ...updateOf({ set: { sequence } }),
    }),
  );
}

/**
 * Notes that a charger took a certificate (PEM), and until when it has one: with the line of its commands, which each of its
 * handshakes reads. A certificate of the operator's own changes nothing.
 */
export async function noteCertificateTaken(
  database: Database,
  chargerKey: string,
  certificate: string,
  acceptedAt: string,
): Promise<void> {
  const issued = await readCertificates(database, chargerKey);
  const taken = issued.find((one) => one.certificate === certificate);
  if (taken === undefined) return;
  const update = async (key: ReturnType<typeof commandLineKey>, set: Record<string, string>) => {
    await database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(key),
        ...updateOf({ set }),
      }),
    );
  };
  await update(certificateKey(chargerKey, taken.serialNumber), { acceptedAt });
  await update(commandLineKey(chargerKey), {
    kind: 'COMMANDLINE',
    certificateUntil: taken.notAfter,
  });
}

/** Notes when a charger was asked to renew its certificate. */
export async function noteRenewalAsked(
  database: Database,
  chargerKey: string,
  renewalAskedAt: string,
): Promise<void> {
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(commandLineKey(chargerKey)),
      ...updateOf({ set: { kind: 'COMMANDLINE', renewalAskedAt } }),
    }),
  );
}

/** Reads who a charger is as its certificate has to say it: by its registration, its last boot and its operator. */
export async function readApplicant(
  database: Database,
  operatorId: string,
  chargerKey: string,
  chargerId: string,
): Promise<Applicant> {
  const keys = [operatorKey(operatorId), bootKey(chargerKey)];
  const [operator, boot] = await getItems(database, keys);
  return omitUndefined({
    chargerId,
    serialNumber: boot && optionalText(boot, 'serialNumber'),
    organizations: operator ? [text(operator, 'name'), text(operator, 'slug')] : [],
  });
}
