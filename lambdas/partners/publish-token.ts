import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partiesAs, partyFor } from '../../core/ocpi/partner/party-for.ts';
import { nextPartnerToken, partnerToken } from '../../core/ocpi/publish/partner-token.ts';
import type { PartnerMessage } from '../roaming/partner-message.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { listTokens } from '../store/operators/tokens.ts';
import { readOwnToken } from '../store/received/own-token.ts';
import type { Database } from '../store/table/client.ts';
import { publishChange } from './publish-change.ts';

type Showing = {
  readonly database: Database;
  readonly send: SendPartnerMessages;
  /** Epoch ms. */
  readonly now: () => number;
};

/** A message about tokens of our drivers. */
export type TokenMessage = Extract<PartnerMessage, { readonly kind: 'token' | 'tokens' }>;

/** Tokens that one run looks at before the next one goes on. */
const tokensAtOnce = 50;

/** Shows partners a token of one of our drivers as it is now, if that changed for them. */
async function publishToken(
  { database, now }: Showing,
  parties: readonly OurParty[],
  operatorId: string,
  tokenId: string,
): Promise<void> {
  const token = await readOwnToken(database, operatorId, tokenId);
  const changedAt = new Date(now()).toISOString();
  const party = partyFor(parties, 'EMSP', token?.party);
  const after = token && party && partnerToken(party, token, changedAt);
  const list = { operatorId, scope: '-', module: 'tokens' } as const;
  await publishChange<PartnerToken>(database, list, tokenId, (before) =>
    nextPartnerToken(before, after, changedAt),
  );
}

/** Looks at the tokens that a message is about; those of an operator that has no drivers for partners are not shown. */
export async function publishTokens(
  showing: Showing,
  parties: readonly OurParty[],
  message: TokenMessage,
): Promise<string> {
  if (partiesAs(parties, 'EMSP').length === 0) return 'no-party';
  const { operatorId } = message;
  if (message.kind === 'token') {
    await publishToken(showing, parties, operatorId, message.tokenId);
    return message.kind;
  }
  const request = { limit: tokensAtOnce, after: message.after };
  const { items, next } = await listTokens(showing.database, operatorId, request);
  for (const { tokenId } of items) await publishToken(showing, parties, operatorId, tokenId);
  if (next !== null) await showing.send([{ ...message, after: next }]);
  return message.kind;
}
