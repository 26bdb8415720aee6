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
  const lineSum = lines.reduce((all, line) => all + amountOf(line[side]), 0n);
  const sum = creditOf === null ? lineSum : -lineSum;
  return formatDecimal(sum, places) === formatDecimal(amountOf(total[side]), places);
};

const amountOf = (text: string): bigint => {
  const decimal = parseDecimal(text);
  return decimal === undefined ? -1n : roundDecimal(decimal, places);
};
