import type { CommandType } from './command-request.ts';

/** A command that may bring certificates to its charger, as a request or as an operator gives it. Times are ISO 8601. */
type Bearer =
  | { readonly type: 'install-certificate'; readonly certificate: string }
  | { readonly type: 'deliver-certificate'; readonly chain: string }
  | {
      readonly type: 'update-firmware';
      readonly retrieveAt?: string | undefined;
      readonly signed?:
        | { readonly certificate: string; readonly installAt?: string | undefined }
        | undefined;
    };

/** A command of any type, as far as its certificates go. */
type AnyCommand = Bearer | { readonly type: Exclude<CommandType, Bearer['type']> };

/** A certificate that a command brings to its charger. */
export type BroughtCertificate = {
  /** The place in the command that has it. */
  readonly field: string;
  readonly pem: string;
  /** The times after the sending at which the charger needs it, ISO 8601. */
  readonly neededAt: readonly string[];
};

const isTime = (time: string | undefined): time is string => time !== undefined;

/** The certificates that a command brings to its charger. */
export function certificatesIn(command: AnyCommand): readonly BroughtCertificate[] {
  switch (command.type) {
    case 'install-certificate':
      return [{ field: 'certificate', pem: command.certificate, neededAt: [] }];
    case 'update-firmware': {
      const { signed, retrieveAt } = command;
      if (signed === undefined) return [];
      const neededAt = [retrieveAt, signed.installAt].filter(isTime);
      return [{ field: 'signed.certificate', pem: signed.certificate, neededAt }];
    }
    case 'deliver-certificate':
      return command.chain
        .split(/(?<=-----END [A-Z0-9 ]+-----)/)
        .filter((pem, n) => n === 0 || pem.trim() !== '')
        .map((pem) => ({ field: 'chain', pem, neededAt: [] }));
    default:
      return [];
  }
}
