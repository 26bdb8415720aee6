import { chargerKey } from '../charger/charger-key.ts';
import type { CdrFacts, EventDraft } from './event.ts';
import type { CdrImage } from './state-image.ts';

/**
 * A CDR was sealed, as is a credit and the CDR that replaces the one that it credits; or it is held, for the first time or with
 * another content. To be credited changes nothing of a CDR.
 */
export function cdrEvents(
  old: CdrImage | undefined,
  image: CdrImage,
  writtenAt: string,
): readonly EventDraft[] {
  const { content, isHeld } = image;
  const isSame = old !== undefined && JSON.stringify(old.content) === JSON.stringify(content);
  if (isSame || (old !== undefined && !isHeld)) return [];
  const data: CdrFacts = {
    cdrId: content.cdrId,
    sessionId: content.sessionId,
    evseId: content.evseId,
    connectorId: content.connectorId,
    tokenId: content.tokenId,
    accountId: content.accountId,
    startedAt: content.startedAt,
    endedAt: content.endedAt,
    energyKwh: content.energyKwh,
    total: content.total,
    creditOf: content.creditOf,
    replaces: content.replaces ?? null,
  };
  const of = {
    subject: { kind: 'charger', chargerKey: chargerKey(content.operatorId, content.chargerId) },
    at: writtenAt,
  } as const;
  return isHeld
    ? [{ type: 'cdr.held', ...of, data: { ...data, anomalies: content.anomalies } }]
    : [{ type: 'cdr.created', ...of, data }];
}
