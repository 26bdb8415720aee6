import { formatDecimal, parseDecimal, roundDecimal } from '../../units/decimal.ts';
import type { CdrContent } from '../model/cdr.ts';
import type { CdrCheck } from './cdr-check.ts';

/** Checks that a CDR adds up in itself: its times, and its lines to its total. */
export const checkArithmetic = (content: CdrContent): CdrCheck => {
  const wrong = [
    ...(timesAddUp(content) ? [] : ['the times']),
    ...(linesAddUp(content, 'exclVat') ? [] : ['the lines without VAT']),
    ...(linesAddUp(content, 'inclVat') ? [] : ['the lines with VAT']),
  ];
  return {
    check: 'arithmetic',
    outcome: wrong.length === 0 ? 'passed' : 'failed',
    message:
      wrong.length === 0 ? 'Times and lines add up.' : `These do not add up: ${wrong.join(', ')}.`,
  };
};

const timesAddUp = (content: CdrContent): boolean => {
  const milliseconds = Date.parse(content.endedAt) - Date.parse(content.startedAt);
  return (
    content.durationSeconds === Math.floor(milliseconds / 1000) &&
    content.durationSeconds ===
      content.chargingSeconds + content.idleSeconds + (content.unusedSeconds ?? 0)
  );
};

/** Lines carry more places than the total only before rounding; 12 are what Price allows at most. */
const places = 12;

/** The lines of a credit are those of the CDR whose total it takes back. */
const linesAddUp = (
  { lines, total, creditOf }: CdrContent,
  side: 'exclVat' | 'inclVat',
): boolean => {
  if (total === null) return lines.length === 0;
  const stated = amountOf(total[side]);
  const amounts = lines.map((line) => amountOf(line[side]));
  const sum = amounts.reduce(plus, 0n);
  if (stated === undefined || sum === undefined) return false;
  return formatDecimal(creditOf === null ? sum : -sum, places) === formatDecimal(stated, places);
};

const plus = (sum: bigint | undefined, amount: bigint | undefined): bigint | undefined =>
  sum === undefined || amount === undefined ? undefined : sum + amount;

const amountOf = (text: string): bigint | undefined => {
  const decimal = parseDecimal(text);
  return decimal && roundDecimal(decimal, places);
};
