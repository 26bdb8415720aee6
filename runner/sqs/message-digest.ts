import { createHash } from 'node:crypto';
import type { MessageAttribute } from './message.ts';

/** MD5 of a body in hex, which the SDK compares with its own. */
export function bodyDigest(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** MD5 of message attributes in hex, in the binary form that the SQS developer guide defines; undefined for none. */
export function attributesDigest(
  attributes: Readonly<Record<string, MessageAttribute>>,
): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) {
    return undefined;
  }
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    hash.update(withLength(Buffer.from(name))).update(withLength(Buffer.from(DataType)));
    hash.update(Buffer.from([BinaryValue === undefined ? 1 : 2]));
    hash.update(
      withLength(
        BinaryValue === undefined
          ? Buffer.from(StringValue ?? '')
          : Buffer.from(BinaryValue, 'base64'),
      ),
    );
  }
  return hash.digest('hex');
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
