import { creditCdr } from '../correct/credit-cdr.ts';
import type { Cdr, CdrContent, CdrSeal } from '../model/cdr.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import { attempted } from './cdr-check.ts';

/** A CDR with a place in a chain. */
export type ChainLink = Cdr & { readonly seal: CdrSeal };

/** Problems with the part that a CDR plays among the others of its chain: credited, a credit, or a correction. */
export const partProblems = (
  link: ChainLink,
  before: readonly ChainLink[],
  after: readonly ChainLink[],
): readonly { readonly cdrId: string; readonly message: string }[] => {
  const { cdrId, creditOf, replaces, creditedBy } = link;
  const messages = [
    ...(before.some((one) => one.cdrId === cdrId) ? ['An earlier CDR has the same id.'] : []),
    ...(creditOf !== null && !before.some((one) => isCreditOf(link, one))
      ? ['It credits a CDR that does not come before it, or other amounts than that CDR states.']
      : []),
    ...(replaces !== undefined && !before.some((one) => isReplaced(one, replaces))
      ? ['It replaces a CDR that was not credited first.']
      : []),
    ...(replaces !== undefined && before.some((one) => isLastOf(one, replaces))
      ? ['It replaces a CDR that an operator credited so that nothing is billed instead.']
      : []),
    ...(creditedBy !== undefined && !after.some((one) => one.cdrId === creditedBy)
      ? ['Its state is credited, but the credit is missing.']
      : []),
  ];
  return messages.map((message) => ({ cdrId, message }));
};

const contentOf = ({
  state: _state,
  seal: _seal,
  creditedBy: _since,
  receiptUrl: _link,
  ...content
}: Cdr) => content;

const isCreditOf = (credit: ChainLink, original: ChainLink): boolean =>
  original.creditedBy === credit.cdrId &&
  isSame(creditCdr(contentOf(original), credit.correction), contentOf(credit));

const isSame = (a: CdrContent, b: CdrContent): boolean =>
  attempted(() => canonicalJson(a) === canonicalJson(b)) === true;

/** True for the credit after which nothing of a session is billed. */
const isLastOf = ({ creditOf, correction }: ChainLink, credited: string): boolean =>
  creditOf === credited && correction?.kind === 'credit';

const isReplaced = ({ cdrId, state }: ChainLink, replaced: string): boolean =>
  cdrId === replaced && state === 'credited';
