import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partiesAs, partyFor } from '../../core/ocpi/partner/party-for.ts';
import { nextPartnerToken, partnerToken } from '../../core/ocpi/publish/partner-token.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { PartnerMessage } from '../roaming/partner-message.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { listTokens } from '../store/operators/tokens.ts';
import { readOwnToken } from '../store/received/own-token.ts';
import type { Database } from '../store/table/client.ts';
import { publishChange } from './publish-change.ts';
import { partnersOf, pushTo } from './push-to-partners.ts';

type Showing = {
  readonly database: Database;
  readonly send: SendPartnerMessages;
  /** Has what changed pushed to partners. */
  readonly push: SendOutbound;
  /** Epoch ms. */
  readonly now: () => number;
};

/** A message about tokens of our drivers. */
export type TokenMessage = Extract<PartnerMessage, { readonly kind: 'token' | 'tokens' }>;

/** Tokens that one run looks at before the next one goes on. */
const tokensAtOnce = 50;

/** Whether a token changed for partners, and when it had before. */
type Looked = { readonly change: 'published' | 'unchanged'; readonly shownAt?: string };

/** Has partners see a token of one of our drivers as it is now, if that changed for them. */
async function publishToken(
  { database, now }: Showing,
  parties: readonly OurParty[],
  operatorId: string,
  tokenId: string,
): Promise<Looked> {
  const token = await readOwnToken(database, operatorId, tokenId);
  const changedAt = new Date(now()).toISOString();
  const party = partyFor(parties, 'EMSP', token?.party);
  const after = token && party && partnerToken(party, token, changedAt);
  const list = { operatorId, scope: '-', module: 'tokens' } as const;
  const seen: { shownAt?: string | undefined } = {};
  const change = await publishChange<PartnerToken>(database, list, tokenId, (before) => {
    seen.shownAt = before?.lastUpdated;
    return nextPartnerToken(before, after, changedAt);
  });
  return omitUndefined({ change, ...seen });
}

/** Has tokens pushed to all partners that take them. */
async function pushTokens(
  { database, push }: Showing,
  operatorId: string,
  tokenIds: readonly string[],
): Promise<void> {
  if (tokenIds.length === 0) return;
  const objects = tokenIds.map((objectId) => ({ module: 'tokens' as const, objectId }));
  await pushTo({ push }, await partnersOf(database, operatorId), objects);
}

/**
 * Looks at the tokens that a message is about; those of an operator that has no drivers for partners are not shown. One that the message
 * names is pushed even where nothing seems to have changed, as when the run that showed the change ended before it pushed; where the message
 * is for the case that a call died, only what its own runs may have shown is.
 */
export async function publishTokens(
  showing: Showing,
  parties: readonly OurParty[],
  message: TokenMessage,
): Promise<string> {
  if (partiesAs(parties, 'EMSP').length === 0) return 'no-party';
  const { operatorId } = message;
  if (message.kind === 'token') {
    const { tokenId, shownFrom = '' } = message;
    const { change, shownAt = '' } = await publishToken(showing, parties, operatorId, tokenId);
    if (change === 'published' || shownAt >= shownFrom) {
      await pushTokens(showing, operatorId, [tokenId]);
    }
    return message.kind;
  }
  const request = { limit: tokensAtOnce, after: message.after };
  const { items, next } = await listTokens(showing.database, operatorId, request);
  const changed: string[] = [];
  for (const { tokenId } of items) {
    const { change } = await publishToken(showing, parties, operatorId, tokenId);
    if (change === 'published') changed.push(tokenId);
  }
  await pushTokens(showing, operatorId, changed);
  if (next !== null) await showing.send([{ ...message, after: next }]);
  return message.kind;
}
