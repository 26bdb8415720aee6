/** A certificate that our authority has issued to a charger. Times are ISO 8601 in UTC. */
export type IssuedCertificate = {
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** SHA-256 of its DER, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** SHA-256 of the request that it answers, hexadecimal: a request that comes again gets the same certificate. */
  readonly requestHash: string;
  readonly issuedAt: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** PEM. */
  readonly certificate: string;
  /** The place of the command that delivered it last; absent while none has. */
  readonly sequence?: string;
  /** When the charger took it. */
  readonly acceptedAt?: string;
};

const day = 86_400_000;

/** Days that a certificate is valid, and before its end in which its charger is asked for its next request. */
const [validDays, renewalDays] = [365, 30] as const;

/** Days before its issue from which a certificate is valid: the clocks of chargers are behind. */
const daysBefore = 1;

/** Certificates that a charger may have issued within a day. */
const mostPerDay = 10;

/** When a certificate that is issued at a time (epoch ms) is valid, epoch ms. */
export const validityFrom = (issuedAt: number) => ({
  notBefore: issuedAt - daysBefore * day,
  notAfter: issuedAt + validDays * day,
});

/** Whether it is time to renew a certificate that is valid until a time (ISO 8601); `now` is epoch ms. */
export const isRenewalDue = (notAfter: string, now: number): boolean =>
  Date.parse(notAfter) - now < renewalDays * day;

/** Whether a charger has had so many certificates issued of late that it gets no other one. */
const hasTooMany = (issued: readonly IssuedCertificate[], now: number): boolean =>
  issued.filter(({ issuedAt }) => now - Date.parse(issuedAt) < day).length >= mostPerDay;

/** The consequence of a request: the certificate that answered it before is delivered again, a new one is issued, or none. */
export type IssuePlan =
  | { readonly kind: 'deliver'; readonly certificate: IssuedCertificate }
  | { readonly kind: 'issue' }
  | { readonly kind: 'too-many' };

/** Decides what follows from a request, by what was issued to its charger before. `now` is epoch ms. */
export function planIssue(
  issued: readonly IssuedCertificate[],
  requestHash: string,
  now: number,
): IssuePlan {
  const certificate = issued.find(
    (one) => one.requestHash === requestHash && !isRenewalDue(one.notAfter, now),
  );
  if (certificate !== undefined) return { kind: 'deliver', certificate };
  return hasTooMany(issued, now) ? { kind: 'too-many' } : { kind: 'issue' };
}

/** How an issued certificate stands. */
export type CertificateStanding =
  /** The command that delivers it has not ended. */
  | 'in-delivery'
  | 'accepted'
  | 'rejected'
  /** The charger did not answer; its next request delivers it again. */
  | 'undelivered'
  | 'expired';

/** How an issued certificate stands, by the state of the command that delivered it last; `now` is epoch ms. */
export function certificateStanding(
  { notAfter, acceptedAt }: IssuedCertificate,
  command: string | undefined,
  now: number,
): CertificateStanding {
  if (Date.parse(notAfter) <= now) return 'expired';
  if (acceptedAt !== undefined || command === 'accepted') return 'accepted';
  if (command === 'rejected') return 'rejected';
  return command === 'queued' || command === 'sent' ? 'in-delivery' : 'undelivered';
}
