import type { PreviousSigned } from '../../../core/cdr/compute/cdr-basis.ts';
import type { CdrCorrection } from '../../../core/cdr/compute/cdr-correction.ts';
import type { CdrDecision } from '../../../core/cdr/compute/cdr-decision.ts';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import type { PlaceTariffs } from '../../../core/charger/place-tariffs.ts';
import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { fromKeptText } from '../../../core/ocpi/codec/kept-text.ts';
import type { ChargingPreferences } from '../../../core/ocpi/model/charging-profile.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
import type {
  EndedByHand,
  Session,
  SessionStart,
  SessionStop,
  StopRegisters,
} from '../../../core/session/session.ts';
import type { TerminalPayment } from '../../../core/session/terminal-payment.ts';
import type { TransactionPart } from '../../../core/session/transaction-part.ts';
import type { Money } from '../../../core/tariff/model/price.ts';
import type { RedeemedPromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { sourceFrom } from '../readings/source-from.ts';
import {
  document,
  type Item,
  maps,
  number,
  optionalMap,
  optionalNumber,
  optionalNumbers,
  optionalText,
  type Storable,
  text,
} from '../table/item.ts';
import { locationIn } from '../table/list-owner.ts';

/** The result of a session, written when its CDR is computed. */
export type SessionResult = {
  readonly cdrId: string;
  readonly cdrState: 'sealed' | 'held';
  /** Place in the charger's chain; absent while the CDR is held. */
  readonly cdrSequence?: number;
  /** Billed energy in mWh. */
  readonly energy: bigint;
  readonly cost?: Money;
  readonly stateOfCharge?: string;
  /** Register of the connector's meter at the last verified signed stop, of this session or one before. */
  readonly signedStop?: PreviousSigned;
  /** The CDR's anomalies other than those the session itself keeps, and those of its charger's own doing. */
  readonly cdrAnomalies: readonly Anomaly[];
  /** The times of its CDR where they differ from those that its own messages show: by them it is shown and listed. */
  readonly corrected?: {
    readonly startedAt?: string;
    readonly endedAt?: string;
    /** Its place in lists: see placeInLists. */
    readonly listSort?: string;
  };
};

const lateNotes = [
  'LATE_READINGS',
  'LATE_READINGS_UNCLEAR',
  'CDR_CORRECTED',
  'TARIFF_CORRECTED',
  'CDR_CREDITED',
  'CORRECTION_FAILED',
] as const;

/** The session's anomaly about what came of its CDR after that was sealed, by late readings or by an operator; see docs/errors.md. */
export type LateNote = (typeof lateNotes)[number];

/** The answer about the token of a start, besides the status. Times are ISO 8601 in UTC. */
export type AnsweredToken = { readonly expiryDate?: string; readonly parentTokenId?: string };

/** A session with what the store keeps besides its facts. */
export type StoredSession = {
  readonly session: Session;
  readonly chargerKey: string;
  readonly shard: number;
  /** The location of its charger when it began. */
  readonly locationId?: string;
  /** When its latest start or stop that had to wait was kept, ISO 8601 in UTC. */
  readonly keptAt?: string;
  /** Counts up with every change. */
  readonly version: number;
  /** The rest of our answer about the token of its start, besides the status. */
  readonly answered?: AnsweredToken;
  readonly result?: SessionResult;
  /** SHA-256 of the held CDR, so that the same one is not written twice. */
  readonly heldHash?: string;
  /** Readings that were kept until then count, though they came after the end: ISO 8601 in UTC. Never of a sealed CDR. */
  readonly lateUntil?: string;
  /** The outcome for readings that arrived after the CDR was sealed, or of an operator's correction. */
  readonly lateNote?: LateNote;
  /** Places in the charger's chain of the CDRs that were credited, the first one first. */
  readonly creditedSequences?: readonly number[];
  /** Place in the charger's chain of the credit by which an operator let the session be free: no CDR follows it. */
  readonly creditSequence?: number;
  /** The correction of its sealed CDR that an operator ordered, until it is carried out. */
  readonly correction?: CdrCorrection;
  /** The operator's decision about the held CDR. */
  readonly decision?: CdrDecision;
  /** The promo code that was redeemed for it. */
  readonly promoCode?: RedeemedPromoCode;
  /** The wishes of its driver, as the driver's partner sent them. */
  readonly preferences?: ChargingPreferences;
  /** Its partner set a charging profile, and gets what others change of it. */
  readonly followsProfile?: true;
  /** When its charger said last that a limit of its own changed, ISO 8601 in UTC; kept where it follows a profile. */
  readonly limitChangedAt?: string;
  /** Its payment at the charger's own terminal. */
  readonly terminalPayment?: TerminalPayment;
};

type Attributes = { readonly [name: string]: Storable | undefined };

const states = ['active', 'ended', 'void'] as const;
const severities = ['info', 'warning', 'error'] as const;

function oneOf<T extends string>(known: readonly T[], value: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Error(`Stored item with unknown word ${value}`);
  return found;
}

/** Reads an anomaly from a map attribute. */
const anomalyFrom = (item: Item): Anomaly =>
  omitUndefined({
    code: text(item, 'code'),
    severity: oneOf(severities, text(item, 'severity')),
    message: text(item, 'message'),
    ref: optionalText(item, 'ref'),
  });

const pricesFrom = (item: Item | undefined): PriceList | undefined =>
  item && Object.fromEntries(Object.keys(item).map((id) => [id, text(item, id)]));

const startFrom = (item: Item): SessionStart =>
  omitUndefined({
    startedAt: text(item, 'startedAt'),
    receivedAt: text(item, 'receivedAt'),
    meterStart: optionalNumber(item, 'meterStart'),
    isContinued: item['isContinued']?.BOOL === true ? (true as const) : undefined,
    tokenId: text(item, 'tokenId'),
    tokenAt: optionalText(item, 'tokenAt'),
    accountId: optionalText(item, 'accountId'),
    authorization: text(item, 'authorization'),
    promoCode: optionalText(item, 'promoCode'),
    tariffIds: pricesFrom(optionalMap(item, 'tariffIds')),
  });

const byHandFrom = (item: Item | undefined): EndedByHand | undefined =>
  item && {
    reason: text(item, 'reason'),
    apiKeyId: text(item, 'apiKeyId'),
    name: text(item, 'name'),
  };

const stopFrom = (item: Item): SessionStop =>
  omitUndefined({
    endedAt: text(item, 'endedAt'),
    receivedAt: text(item, 'receivedAt'),
    meterStop: optionalNumber(item, 'meterStop'),
    reason: text(item, 'reason'),
    tokenId: optionalText(item, 'tokenId'),
    byHand: byHandFrom(optionalMap(item, 'byHand')),
  });

const placeTariffsFrom = (item: Item): PlaceTariffs =>
  omitUndefined({
    charger: optionalText(item, 'charger'),
    connectors: maps(item, 'connectors').map((one) => ({
      evseId: number(one, 'evseId'),
      connectorId: number(one, 'connectorId'),
      tariffId: text(one, 'tariffId'),
    })),
  });

const partFrom = (item: Item | undefined): TransactionPart | undefined =>
  item &&
  omitUndefined({
    of: text(item, 'of'),
    from: optionalText(item, 'from'),
    until: optionalText(item, 'until'),
    isBeside: item['isBeside']?.BOOL === true ? true : undefined,
    isUntimed: item['isUntimed']?.BOOL === true ? true : undefined,
  });

const stopRegistersFrom = (item: Item | undefined): StopRegisters | undefined =>
  item && { lowest: number(item, 'lowest'), highest: number(item, 'highest') };

function sessionFrom(item: Item): Session {
  const start = optionalMap(item, 'start');
  const stop = optionalMap(item, 'stop');
  const tariffs = optionalMap(item, 'tariffs');
  return omitUndefined({
    sessionId: text(item, 'pk').slice('SESSION#'.length),
    operatorId: text(item, 'operatorId'),
    chargerId: text(item, 'chargerId'),
    evseId: number(item, 'evseId'),
    connectorId: number(item, 'connectorId'),
    transactionId: text(item, 'transactionId'),
    protocol: sourceFrom(text(item, 'protocol')),
    state: oneOf(states, text(item, 'state')),
    start: start === undefined ? undefined : startFrom(start),
    stop: stop === undefined ? undefined : stopFrom(stop),
    stopRegisters: stopRegistersFrom(optionalMap(item, 'stopRegisters')),
    tariffId: optionalText(item, 'tariffId'),
    tariffs: tariffs && placeTariffsFrom(tariffs),
    timeZone: text(item, 'timeZone'),
    maxPowerW: optionalNumber(item, 'maxPowerW'),
    previousSessionId: optionalText(item, 'previousSessionId'),
    remoteStartId: optionalNumber(item, 'remoteStartId'),
    reservationId: optionalNumber(item, 'reservationId'),
    showsRunningCost: item['showsRunningCost']?.BOOL === true ? true : undefined,
    part: partFrom(optionalMap(item, 'part')),
    anomalies: maps(item, 'anomalies').map(anomalyFrom),
    cdrId: optionalText(item, 'cdrId'),
  });
}

const moneyFrom = (item: Item): Money => ({
  currency: text(item, 'currency'),
  exclVat: text(item, 'exclVat'),
  inclVat: text(item, 'inclVat'),
});

const signedStopFrom = (item: Item): PreviousSigned => ({
  sessionId: text(item, 'sessionId'),
  meterSerial: text(item, 'meterSerial'),
  meterKeyId: text(item, 'meterKeyId'),
  wh: number(item, 'wh'),
});

function correctedFrom(item: Item): SessionResult['corrected'] {
  const startedAt = optionalText(item, 'startedAt');
  const endedAt = optionalText(item, 'endedAt');
  const isAny = startedAt !== undefined || endedAt !== undefined;
  return isAny ? omitUndefined({ startedAt, endedAt }) : undefined;
}

function resultFrom(item: Item): SessionResult | undefined {
  const cdrState = optionalText(item, 'cdrState');
  if (cdrState === undefined) return undefined;
  const cost = optionalMap(item, 'cost');
  const signedStop = optionalMap(item, 'signedStop');
  return omitUndefined({
    cdrId: text(item, 'cdrId'),
    cdrState: cdrState === 'sealed' ? 'sealed' : 'held',
    cdrSequence: optionalNumber(item, 'cdrSequence'),
    energy: BigInt(text(item, 'energy')),
    cost: cost === undefined ? undefined : moneyFrom(cost),
    stateOfCharge: optionalText(item, 'stateOfCharge'),
    signedStop: signedStop === undefined ? undefined : signedStopFrom(signedStop),
    cdrAnomalies: maps(item, 'cdrAnomalies').map(anomalyFrom),
    corrected: correctedFrom(item),
  });
}

function answeredFrom(item: Item): AnsweredToken {
  const answered = optionalMap(item, 'answered') ?? {};
  const expiryDate = optionalText(answered, 'expiryDate');
  return omitUndefined({ expiryDate, parentTokenId: optionalText(answered, 'parentTokenId') });
}

function terminalPaymentFrom(item: Item): TerminalPayment | undefined {
  const map = optionalMap(item, 'terminalPayment');
  return map && { status: text(map, 'status'), amount: text(map, 'amount'), at: text(map, 'at') };
}

function lateNoteFrom(item: Item): LateNote | undefined {
  const note = optionalText(item, 'lateNote');
  return note === undefined ? undefined : oneOf(lateNotes, note);
}

/** Reads a session from its item. */
export const storedSessionFrom = (item: Item): StoredSession =>
  omitUndefined({
    session: sessionFrom(item),
    chargerKey: chargerKey(text(item, 'operatorId'), text(item, 'chargerId')),
    shard: number(item, 'shard'),
    locationId: locationIn(optionalText(item, 'atLocation')),
    keptAt: optionalText(item, 'keptAt'),
    version: number(item, 'version'),
    answered: item['answered'] === undefined ? undefined : answeredFrom(item),
    result: resultFrom(item),
    heldHash: optionalText(item, 'heldHash'),
    lateUntil: optionalText(item, 'lateUntil'),
    lateNote: lateNoteFrom(item),
    creditedSequences: optionalNumbers(item, 'creditedSequences'),
    creditSequence: optionalNumber(item, 'creditSequence'),
    correction:
      item['correction'] === undefined ? undefined : document<CdrCorrection>(item, 'correction'),
    promoCode:
      item['promoCode'] === undefined ? undefined : document<RedeemedPromoCode>(item, 'promoCode'),
    preferences:
      item['preferences'] === undefined
        ? undefined
        : fromKeptText<ChargingPreferences>(text(item, 'preferences')),
    followsProfile: item['followsProfile']?.BOOL === true ? (true as const) : undefined,
    limitChangedAt: optionalText(item, 'limitChangedAt'),
    terminalPayment: terminalPaymentFrom(item),
    decision: item['decision'] === undefined ? undefined : document<CdrDecision>(item, 'decision'),
  });

/** The attributes that hold a session's facts. Its id is in the key, and nothing that is empty or follows is kept twice. */
export function sessionAttributes({ sessionId: _inKey, anomalies, ...facts }: Session): Attributes {
  return { ...facts, ...(anomalies.length > 0 ? { anomalies } : {}) };
}

/** The attributes that hold what a session came to. */
export const resultAttributes = ({
  cdrAnomalies,
  energy,
  corrected,
  ...result
}: SessionResult): Attributes => ({
  ...result,
  ...corrected,
  energy: String(energy),
  ...(cdrAnomalies.length > 0 ? { cdrAnomalies } : {}),
});

/** Which of those attributes a result does not have: what a result before it had may have settled itself. */
export const absentResultAttributes = (result: SessionResult): readonly string[] => [
  ...(result.cdrAnomalies.length === 0 ? ['cdrAnomalies'] : []),
  ...(result.stateOfCharge === undefined ? ['stateOfCharge'] : []),
  ...(result.signedStop === undefined ? ['signedStop'] : []),
  ...(result.corrected?.startedAt === undefined ? ['startedAt'] : []),
  ...(result.corrected?.endedAt === undefined ? ['endedAt'] : []),
];
