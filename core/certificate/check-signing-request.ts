import { normalizeChargerId } from '../charger/charger-key.ts';
import { beginningOf } from '../units/beginning-of.ts';
import { readSigningRequest, type SigningRequest } from './signing-request.ts';

/** Who asks for a certificate. */
export type Applicant = {
  readonly chargerId: string;
  /** As in its BootNotification. */
  readonly serialNumber?: string;
  /** The names that its operator goes by: that of the operator, and its slug. */
  readonly organizations: readonly string[];
};

/** Whether a request may be certified, or why not, in one sentence of at most 512 characters. */
export type RequestVerdict =
  | { readonly kind: 'fit'; readonly request: SigningRequest }
  | { readonly kind: 'refused'; readonly reason: string };

/** Says whether a request is signed by the key that it brings, and that key is one to be certified; else why not, in one sentence. */
export type CheckKey = (request: SigningRequest) => string | undefined;

const shown = (texts: readonly string[]): string =>
  texts.map((text) => `"${beginningOf(text, 64)}"`).join(' or ');

const isOwnName = (name: string, { chargerId, serialNumber }: Applicant): boolean =>
  name === serialNumber || normalizeChargerId(name) === normalizeChargerId(chargerId);

const plain = (text: string): string => text.trim().toLowerCase();

function subjectFault(
  { commonNames, organizations }: SigningRequest,
  applicant: Applicant,
): string | undefined {
  const { chargerId, serialNumber } = applicant;
  const [name] = commonNames;
  if (commonNames.length !== 1 || name === undefined || !isOwnName(name, applicant)) {
    const own = [chargerId, ...(serialNumber === undefined ? [] : [serialNumber])];
    return `The common name must be ${shown(own)}, the charger's own id or serial number.`;
  }
  const [organization] = organizations;
  const isOwn = applicant.organizations.some((one) => plain(one) === plain(organization ?? ''));
  if (organizations.length !== 1 || !isOwn) {
    return `The organization must be ${shown(applicant.organizations)}, the operator of the charger.`;
  }
  return undefined;
}

/**
 * Checks a request of a charger for a certificate (OCPP 2.0.1 A02, security extension of 1.6 section 5.1): it is whole, signed by
 * its own key, and about nobody but the charger that sends it.
 */
export function checkSigningRequest(
  pem: string,
  applicant: Applicant,
  checkKey: CheckKey,
): RequestVerdict {
  const request = readSigningRequest(pem);
  if (request === undefined) {
    return { kind: 'refused', reason: 'The text is no certificate request (PKCS #10) in PEM.' };
  }
  const reason = checkKey(request) ?? subjectFault(request, applicant);
  return reason === undefined ? { kind: 'fit', request } : { kind: 'refused', reason };
}
