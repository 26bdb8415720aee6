import { randomFillSync } from 'node:crypto';

const idBytes = 11;

// Random bytes for some hundred ids at a time: to fetch them for each would take longer than everything else about an event.
const bytes = Buffer.alloc(idBytes * 256);
let used = bytes.length;

/** A new id of a request, message or connection, in the form that API Gateway gives them: `Zm8iNcp1DoECGJA=`. */
export function newGatewayId(): string {
  if (used === bytes.length) {
    randomFillSync(bytes);
    used = 0;
  }
  used += idBytes;
  return `${bytes.toString('base64url', used - idBytes, used)}=`;
}
