import type { CertificateHash, CertificateUse } from './certificate.ts';
import type { AnsweredCommand } from './known-configuration.ts';

/** A certificate in a charger, and when the charger listed it last, ISO 8601 in UTC. */
export type KnownCertificate = CertificateHash & {
  readonly use: CertificateUse;
  readonly reportedAt: string;
};

/** The root certificates of a charger as far as commands have shown them. */
export type KnownCertificates = {
  readonly certificates: readonly KnownCertificate[];
  /** The uses for which one was installed after the charger listed them last: it is not among the certificates. */
  readonly installedSince: readonly CertificateUse[];
};

const sameCertificate = (a: CertificateHash, b: CertificateHash): boolean =>
  (['algorithm', 'issuerNameHash', 'issuerKeyHash', 'serialNumber'] as const).every(
    (name) => a[name].toLowerCase() === b[name].toLowerCase(),
  );

/** The certificates of a use in an answer to list-certificates; undefined where the charger did not list them. */
export function listedIn({ outcome }: AnsweredCommand): readonly CertificateHash[] | undefined {
  switch (outcome?.kind) {
    case 'accepted':
      return outcome.data?.kind === 'certificates' ? outcome.data.certificates : [];
    case 'rejected':
      // A charger that has none says so by a word that stands for a refusal.
      return outcome.reason === 'not-found' ? [] : undefined;
    default:
      return undefined;
  }
}

const withList = (
  { certificates, installedSince }: KnownCertificates,
  use: CertificateUse,
  listed: readonly CertificateHash[],
  reportedAt: string,
): KnownCertificates => ({
  certificates: [
    ...certificates.filter((one) => one.use !== use),
    ...listed.map((one) => ({ ...one, use, reportedAt })),
  ],
  installedSince: installedSince.filter((one) => one !== use),
});

function learn(known: KnownCertificates, command: AnsweredCommand): KnownCertificates {
  const { request, outcome, finishedAt } = command;
  if (finishedAt === undefined) return known;
  if (request.type === 'list-certificates') {
    const listed = listedIn(command);
    return listed === undefined ? known : withList(known, request.use, listed, finishedAt);
  }
  if (outcome?.kind !== 'accepted') return known;
  const { certificates, installedSince } = known;
  switch (request.type) {
    case 'install-certificate':
      return { certificates, installedSince: [...new Set([...installedSince, request.use])] };
    case 'delete-certificate': {
      const left = certificates.filter((one) => !sameCertificate(one, request.certificate));
      return { certificates: left, installedSince };
    }
    default:
      return known;
  }
}

/**
 * The certificates that a charger has: of each use the latest list, without those that were deleted after it. `commands` are the
 * charger's, the latest first.
 */
export const knownCertificates = (commands: readonly AnsweredCommand[]): KnownCertificates =>
  commands.toReversed().reduce(learn, { certificates: [], installedSince: [] });
