import type { CommandOutcome, OutcomeData, RejectedReason } from '../command/command-outcome.ts';

type Accepted = Extract<CommandOutcome, { readonly kind: 'accepted' }>;

const accepted: Readonly<Record<string, Accepted>> = {
  accepted: { kind: 'accepted' },
  unlocked: { kind: 'accepted' },
  unpublished: { kind: 'accepted' },
  scheduled: { kind: 'accepted', remark: 'scheduled' },
  rebootrequired: { kind: 'accepted', remark: 'reboot-required' },
  acceptedcanceled: { kind: 'accepted', remark: 'earlier-cancelled' },
};

const rejected: Readonly<Record<string, RejectedReason>> = {
  rejected: 'rejected',
  notsupported: 'not-supported',
  notimplemented: 'not-supported',
  notsupportedmessageformat: 'not-supported',
  notsupportedpriority: 'not-supported',
  notsupportedstate: 'not-supported',
  notsupportedattributetype: 'not-supported',
  unsupportedmonitortype: 'not-supported',
  languagenotsupported: 'not-supported',
  conditionnotsupported: 'not-supported',
  toomanyelements: 'rejected',
  nocurrencychange: 'rejected',
  invalid: 'rejected',
  duplicate: 'duplicate',
  duplicatetariffid: 'duplicate',
  occupied: 'occupied',
  ongoingauthorizedtransaction: 'occupied',
  downloadongoing: 'occupied',
  faulted: 'faulted',
  unavailable: 'unavailable',
  unknown: 'not-found',
  notfound: 'not-found',
  unknownconnector: 'not-found',
  unknowntransaction: 'not-found',
  unknowncomponent: 'not-found',
  unknownvariable: 'not-found',
  txnotfound: 'not-found',
  noprofile: 'not-found',
  noprofiles: 'not-found',
  notariff: 'not-found',
  nofirmware: 'not-found',
  emptyresultset: 'not-found',
  unknownmessageid: 'not-supported',
  unknownvendorid: 'not-supported',
  versionmismatch: 'version-mismatch',
  failed: 'failed',
  unlockfailed: 'failed',
  invalidcertificate: 'invalid-certificate',
  revokedcertificate: 'invalid-certificate',
};

/**
 * The outcome that the status word of an answer says, with what else the answer carries. Chargers mix up upper and lower case, and pad with blanks;
 * a word that no standard has accepts nothing.
 */
export const statusOutcome = (
  { status: word }: { readonly status: string },
  data?: OutcomeData,
): CommandOutcome => {
  const known = word.trim().toLowerCase();
  const carried = data === undefined ? {} : { data };
  const yes = Object.hasOwn(accepted, known) ? accepted[known] : undefined;
  if (yes !== undefined) return { ...yes, ...carried };
  const reason = Object.hasOwn(rejected, known) ? rejected[known] : undefined;
  return { kind: 'rejected', reason: reason ?? 'other', word, ...carried };
};
