import { isJsonObject, type JsonObject } from '../json-object.ts';
import { parseJson } from '../rpc/parse-json.ts';

/** A message that may be a part of a report, as it came. */
export type ReportPart = {
  readonly action: string;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** The payload as JSON. */
  readonly raw: string;
};

/** A report of a charger, put together from its parts. */
export type Report = {
  readonly action: string;
  /** The number of the request that it answers, or one of the charger's own. */
  readonly requestId: number;
  /** When its first and its last part came, ISO 8601 in UTC. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** False while a part is missing, the last one included. */
  readonly isComplete: boolean;
  /** The numbers of the parts that are missing between the others. */
  readonly missing: readonly number[];
  /** The parts in their order, each once, without their numbers. */
  readonly content: readonly JsonObject[];
};

/** The messages of OCPP 2.0.1 and 2.1 that a report consists of. */
export const reportActions = [
  'NotifyCustomerInformation',
  'NotifyDisplayMessages',
  'NotifyMonitoringReport',
  'NotifyReport',
  'ReportChargingProfiles',
  'ReportDERControl',
] as const;

type Numbered = ReportPart & {
  readonly requestId: number;
  /** Absent where the message has no number: then its parts are in the order of their receipt. */
  readonly seqNo: number | undefined;
  readonly isLast: boolean;
  readonly content: JsonObject;
};

/** A number that a charger may have made up. */
const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

const numberedOf = (part: ReportPart): Numbered | undefined => {
  const payload = parseJson(part.raw)?.value;
  if (!isJsonObject(payload)) return undefined;
  const { requestId: ofRequest, seqNo, tbc, generatedAt: _generatedAt, ...content } = payload;
  const requestId = wholeNumber(ofRequest);
  if (requestId === undefined) return undefined;
  return { ...part, requestId, seqNo: wholeNumber(seqNo), isLast: tbc !== true, content };
};

/** Each part once: of those with the same number, or without one the same text, the one that came last. */
const distinct = (parts: readonly Numbered[]): readonly Numbered[] => {
  const byPlace = new Map(parts.map((part) => [part.seqNo ?? part.raw, part]));
  return [...byPlace.values()].sort((a, b) =>
    a.seqNo === undefined || b.seqNo === undefined ? 0 : a.seqNo - b.seqNo,
  );
};

/** So many numbers of missing parts are named at most. */
const mostMissing = 1_000;

const missingOf = (numbers: ReadonlySet<number>, last: number): readonly number[] => {
  const missing: number[] = [];
  for (let n = 0; n < last && missing.length < mostMissing; n += 1) {
    if (!numbers.has(n)) missing.push(n);
  }
  return missing;
};

const reportOf = (parts: readonly Numbered[]): Report | undefined => {
  const ordered = distinct(parts);
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const numbers = new Set(ordered.flatMap(({ seqNo }) => (seqNo === undefined ? [] : [seqNo])));
  const missing = missingOf(numbers, Math.max(0, ...numbers));
  return {
    action: first.action,
    requestId: first.requestId,
    firstAt: first.receivedAt,
    lastAt: last.receivedAt,
    isComplete: missing.length === 0 && ordered.some(({ isLast }) => isLast),
    missing,
    content: ordered.map(({ content }) => content),
  };
};

const byReceipt = (a: ReportPart, b: ReportPart): number =>
  a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0;

/**
 * Puts reports together from their parts, which may come in any order and repeatedly; the one that was heard last comes first.
 * Any other message is left out.
 */
export const assembleReports = (parts: readonly ReportPart[]): readonly Report[] => {
  const numbered = [...parts].sort(byReceipt).flatMap((part) => numberedOf(part) ?? []);
  const groups = Map.groupBy(numbered, ({ action, requestId }) => `${action} ${requestId}`);
  return [...groups.values()]
    .flatMap((group) => reportOf(group) ?? [])
    .sort((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0));
};
