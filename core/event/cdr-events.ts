import { chargerKey } from '../charger/charger-key.ts';
import { failureOf } from '../monitoring/session-failure.ts';
import type { CdrFacts, EventDraft } from './event.ts';
import type { CdrImage } from './state-image.ts';

/**
 * A CDR was sealed, as is a credit and the CDR that replaces the one that it credits; or it is held, for the first time or with
 * another content. To be credited changes nothing of a CDR. The first one of a session that failed says that as well, by the energy up
 * to which its operator takes a session for one without any, `noEnergyKwh`.
 */
export function cdrEvents(
  old: CdrImage | undefined,
  image: CdrImage,
  writtenAt: string,
  noEnergyKwh: string,
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
  const cdr: EventDraft = isHeld
    ? { type: 'cdr.held', ...of, data: { ...data, anomalies: content.anomalies } }
    : { type: 'cdr.created', ...of, data };
  const failure = isFirst(old, content) ? failureOf(content, noEnergyKwh) : undefined;
  if (failure === undefined) return [cdr];
  const stopReason = content.evidence.session.stop?.reason ?? null;
  return [cdr, { type: 'session.failed', ...of, data: { ...data, failure, stopReason } }];
}

/** Whether a CDR is the first word about its session: no credit, no correction, and not decided about after it was held. */
const isFirst = (old: CdrImage | undefined, content: CdrImage['content']): boolean =>
  old === undefined &&
  content.creditOf === null &&
  content.replaces === undefined &&
  content.evidence.basis.decision === undefined;
