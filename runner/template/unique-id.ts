import { createHash } from 'node:crypto';

/** Ten lower-case letters and digits derived from a text: the ids that AWS would draw, the same on every start. */
export function uniqueId(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 20);
  return BigInt(`0x${digest}`).toString(36).padStart(10, '0').slice(-10);
}
