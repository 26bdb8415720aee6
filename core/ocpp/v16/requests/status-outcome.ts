import type {
  CommandOutcome,
  OutcomeData,
  RejectedReason,
} from '../../../command/command-outcome.ts';

type Accepted = Extract<CommandOutcome, { readonly kind: 'accepted' }>;

const accepted: Readonly<Record<string, Accepted>> = {
  accepted: { kind: 'accepted' },
  unlocked: { kind: 'accepted' },
  scheduled: { kind: 'accepted', remark: 'scheduled' },
  rebootrequired: { kind: 'accepted', remark: 'reboot-required' },
  acceptedcanceled: { kind: 'accepted', remark: 'earlier-cancelled' },
};

const rejected: Readonly<Record<string, RejectedReason>> = {
  rejected: 'rejected',
  notsupported: 'not-supported',
  notimplemented: 'not-supported',
  occupied: 'occupied',
  faulted: 'faulted',
  unavailable: 'unavailable',
  unknown: 'not-found',
  notfound: 'not-found',
  unknownmessageid: 'not-supported',
  unknownvendorid: 'not-supported',
  versionmismatch: 'version-mismatch',
  failed: 'failed',
  unlockfailed: 'failed',
  invalidcertificate: 'invalid-certificate',
  revokedcertificate: 'invalid-certificate',
};

/**
 * The outcome that the status word of an answer says, with what else the answer carries. Chargers mix up upper and lower case;
 * a word that no standard has accepts nothing.
 */
export const statusOutcome = (
  { status: word }: { readonly status: string },
  data?: OutcomeData,
): CommandOutcome => {
  const known = word.toLowerCase();
  const carried = data === undefined ? {} : { data };
  const yes = Object.hasOwn(accepted, known) ? accepted[known] : undefined;
  if (yes !== undefined) return { ...yes, ...carried };
  const reason = Object.hasOwn(rejected, known) ? rejected[known] : undefined;
  return { kind: 'rejected', reason: reason ?? 'other', word, ...carried };
};
