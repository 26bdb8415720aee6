import { randomBytes } from 'node:crypto';

/** A new id of a request, message or connection, in the form that API Gateway gives them: `Zm8iNcp1DoECGJA=`. */
export function newGatewayId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}
