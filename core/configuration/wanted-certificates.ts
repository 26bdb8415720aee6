import { isNamed, type RootCertificate } from '../command/certificate-hash.ts';
import type { CommandOf } from '../command/command-request.ts';
import { listedIn } from '../command/known-certificates.ts';
import type { AnsweredCommand } from '../command/known-configuration.ts';
import type { WantedCertificate, WantedConfiguration } from './desired-configuration.ts';

/** How a wanted certificate stands. */
export type CertificateState =
  | 'as-desired'
  /** The charger took it, and has not listed its certificates since. */
  | 'installed'
  | 'differs'
  | 'not-reported';

/** A wanted certificate with its state. */
export type CertificateDrift = WantedCertificate & { readonly state: CertificateState };

/** Reads a root certificate from PEM (`readRootCertificate`): it comes from outside, since few functions that know this file need it. */
export type ReadRoot = (pem: string) => RootCertificate | undefined;

const isSameOne = (a: WantedCertificate, b: WantedCertificate): boolean =>
  a.use === b.use && a.certificate.trim() === b.certificate.trim();

/** The certificates that a charger should have: those wanted of all chargers, and its own. */
export function wantedCertificates(
  operator?: WantedConfiguration,
  charger?: WantedConfiguration,
): readonly WantedCertificate[] {
  const all = [...(operator?.certificates ?? []), ...(charger?.certificates ?? [])];
  return all.filter((one, at) => all.findIndex((other) => isSameOne(one, other)) === at);
}

/** The requests that show which of them a charger has. */
export const certificateQuestions = (
  wanted: readonly WantedCertificate[],
): readonly CommandOf<'list-certificates'>[] =>
  [...new Set(wanted.map(({ use }) => use))].map((use) => ({ type: 'list-certificates', use }));

/** The state that one command shows of a certificate; undefined where it is about something else. */
function shownBy(
  one: WantedCertificate,
  command: AnsweredCommand,
  read: ReadRoot,
): CertificateState | undefined {
  const { request, outcome } = command;
  if (request.type === 'install-certificate') {
    return isSameOne(request, one) && outcome?.kind === 'accepted' ? 'installed' : undefined;
  }
  if (request.type !== 'list-certificates' || request.use !== one.use) return undefined;
  const listed = listedIn(command);
  if (listed === undefined) return undefined;
  const root = read(one.certificate);
  const isThere = root !== undefined && listed.some((name) => isNamed(root, name));
  return isThere ? 'as-desired' : 'differs';
}

/** Holds wanted certificates against the commands of a charger, the latest first: the latest that says something counts. */
export const certificateDrift = (
  wanted: readonly WantedCertificate[],
  commands: readonly AnsweredCommand[],
  read: ReadRoot,
): readonly CertificateDrift[] =>
  wanted.map((one) => {
    const states = commands.map((command) => shownBy(one, command, read));
    return { ...one, state: states.find((state) => state !== undefined) ?? 'not-reported' };
  });

/** The certificates to install, by a charger's answers: those that it does not list; none of a use that it did not list. */
export const certificatesToInstall = (
  wanted: readonly WantedCertificate[],
  answers: readonly AnsweredCommand[],
  read: ReadRoot,
): readonly CommandOf<'install-certificate'>[] =>
  certificateDrift(wanted, answers, read)
    .filter(({ state }) => state === 'differs')
    .map(({ use, certificate }) => ({ type: 'install-certificate', use, certificate }));
