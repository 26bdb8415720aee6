import { createHash } from 'node:crypto';
import {
  type IssuedCertificate,
  isRenewalDue,
  planIssue,
  validityFrom,
} from '../../core/certificate/issued-certificate.ts';
import { hasEnded } from '../../core/command/command-state.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { requestHash } from '../authority/request-hash.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { logger } from '../runtime/logger.ts';
import {
  keepCertificate,
  noteDelivery,
  noteRenewalAsked,
  readApplicant,
  readCertificates,
} from '../store/chargers/certificates.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import { readLine } from '../store/commands/command-line.ts';
import { readCommand } from '../store/commands/commands.ts';
import {
  keepAuthorityCertificate,
  readAuthorityCertificate,
} from '../store/operators/authority.ts';
import { makeCommandOnce, type Place } from './make-command.ts';
import type { Sender } from './sender.ts';

type MessageOf<Kind extends CommandMessage['kind']> = Extract<
  CommandMessage,
  { readonly kind: Kind }
>;

/** Seconds that a certificate waits for a charger that is gone, and that a request to renew one does. */
const [deliverySeconds, renewalSeconds] = [604_800, 3_600] as const;

/** Years that the authority is valid: as long as a charger stands. */
const authorityYears = 25;

/** A serial number that derives from what it is for: made again, the certificate is the same one (RFC 5280 section 4.1.2.2). */
function serialNumberOf(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(parts.join(' ')).digest().subarray(0, 16);
  // Positive, and without zeros in front.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function readAccepted({ database }: Sender, chargerKey: string): Promise<Place | undefined> {
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  const isAccepted = charger !== undefined && charger.approval === undefined;
  return isAccepted && connection !== undefined ? { charger, connection } : undefined;
}

/** Issues a certificate and keeps it; undefined where the request is not fit any more, as after a change of its operator's name. */
async function issue(
  { database, authority, signer }: Sender,
  { charger: { chargerId } }: Place,
  { operatorId, chargerKey, csr, askedAt }: MessageOf<'certify'>,
): Promise<IssuedCertificate | undefined> {
  if (authority === undefined || signer === undefined) return undefined;
  const hash = requestHash(csr);
  const serialNumber = serialNumberOf(chargerKey, hash, askedAt);
  const terms = { serialNumber, ...validityFrom(Date.parse(askedAt)) };
  const applicant = await readApplicant(database, operatorId, chargerKey, chargerId);
  const signed = await (await signer()).certifyCharger(authority, csr, applicant, terms);
  if (signed.kind === 'refused') {
    logger.warn('A charger gets no certificate', { chargerId, reason: signed.reason });
    return undefined;
  }
  const { certificate, fingerprint } = signed;
  return await keepCertificate(database, chargerKey, {
    serialNumber,
    fingerprint,
    requestHash: hash,
    issuedAt: askedAt,
    notBefore: new Date(terms.notBefore).toISOString(),
    notAfter: new Date(terms.notAfter).toISOString(),
    certificate,
  });
}

/** Whether a certificate is on its way by a command of another request. */
async function isOnItsWay(
  { database }: Sender,
  chargerKey: string,
  { sequence }: IssuedCertificate,
): Promise<boolean> {
  const command = sequence && (await readCommand(database, chargerKey, sequence));
  return command ? !hasEnded(command.state) : false;
}

/**
 * Has a charger that asked for a certificate given one, by a command: the one that it was issued for the same request before, or a
 * new one. Done again, it changes nothing.
 */
export async function certifyCharger(sender: Sender, message: MessageOf<'certify'>): Promise<void> {
  const { database } = sender;
  const { chargerKey, csr, askedAt, use, requestId } = message;
  const place = await readAccepted(sender, chargerKey);
  if (place === undefined) return;
  const at = Date.parse(askedAt);
  const issued = await readCertificates(database, chargerKey, place.charger.renewedAt);
  const plan = planIssue(issued, requestHash(csr), at);
  if (plan.kind === 'too-many') return;
  if (plan.kind === 'deliver' && (await isOnItsWay(sender, chargerKey, plan.certificate))) return;
  const certificate =
    plan.kind === 'deliver' ? plan.certificate : await issue(sender, place, message);
  if (certificate === undefined) return;
  const sequence = await makeCommandOnce(
    sender,
    place,
    omitUndefined({
      type: 'deliver-certificate',
      chain: certificate.certificate,
      use,
      requestId,
    } as const),
    { mark: 'certificate', at, seconds: deliverySeconds },
  );
  if (sequence === undefined) return;
  await noteDelivery(database, chargerKey, certificate.serialNumber, sequence);
}

/** Asks a charger whose certificate ends soon for its next request. */
export async function askForRenewal(
  sender: Sender,
  { chargerKey, foundAt }: MessageOf<'renew'>,
): Promise<void> {
  const { database } = sender;
  const [place, line] = [
    await readAccepted(sender, chargerKey),
    await readLine(database, chargerKey),
  ];
  const { certificateUntil } = line;
  if (place === undefined || certificateUntil === undefined) return;
  const at = Date.parse(foundAt);
  if (!isRenewalDue(certificateUntil, at)) return;
  const request = { type: 'trigger', message: 'sign-certificate' } as const;
  await makeCommandOnce(sender, place, request, { mark: 'renewal', at, seconds: renewalSeconds });
  await noteRenewalAsked(database, chargerKey, foundAt);
}

/** Has the authority certify itself, once: then its certificate can be read, and put into a trust store. */
export async function haveAuthority({ database, authority, signer, now }: Sender): Promise<void> {
  if (authority === undefined || signer === undefined) return;
  const { keyId } = authority;
  if ((await readAuthorityCertificate(database, keyId)) !== undefined) return;
  const notBefore = now() - 86_400_000;
  const notAfter = notBefore + authorityYears * 365 * 86_400_000;
  const terms = { serialNumber: serialNumberOf('authority', keyId), notBefore, notAfter };
  const signed = await (await signer()).certifyAuthority(authority, terms);
  const until = new Date(notAfter).toISOString();
  await keepAuthorityCertificate(database, keyId, { ...signed, notAfter: until });
}
