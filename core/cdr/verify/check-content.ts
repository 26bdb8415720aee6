import { meteringRules } from '../../metering/rules.ts';
import { pricingRules } from '../../tariff/model/rules.ts';
import { cdrFromReadings } from '../compute/cdr-from-readings.ts';
import { sessionOfCdr } from '../compute/session-facts.ts';
import { cdrInPartOf } from '../correct/renumber-cdr.ts';
import type { CdrContent } from '../model/cdr.ts';
import { cdrRules } from '../model/rules.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import { attempted, type CdrCheck, failed, passed, skipped } from './cdr-check.ts';
import { type CdrProof, isUnusable } from './cdr-proof.ts';

/** Checks that a CDR follows from its readings: it is computed from them once more. */
export const checkContent = (content: CdrContent, { readings, rules }: CdrProof): CdrCheck => {
  if (readings === undefined || rules === undefined || isUnusable(readings)) {
    return skipped('content', 'The readings were not given.');
  }
  if (!areOurs(content.evidence.rules)) {
    return skipped('content', 'The CDR was computed by another version of the rules.');
  }
  const different = attempted(() =>
    differences(
      content,
      cdrInPartOf(
        cdrFromReadings(
          sessionOfCdr(content),
          content.tariff ?? undefined,
          readings,
          rules,
          content.evidence.basis,
        ),
        content.cdrId,
        content.correction,
      ),
    ),
  );
  if (different === undefined) {
    return failed('content', 'The content of the CDR cannot be recomputed: it is malformed.');
  }
  return different.length === 0
    ? passed('content', 'Energy, times and price follow from the readings.')
    : failed('content', `The readings give other values for: ${different.join(', ')}.`);
};

/** A CDR that other rules made can be held against its hash and signature only. */
const areOurs = ({ metering, pricing, cdr }: CdrContent['evidence']['rules']): boolean =>
  metering === meteringRules && pricing === pricingRules && cdr === cdrRules;

const differences = (stated: CdrContent, again: CdrContent): readonly string[] => {
  const expected = new Map<string, unknown>(Object.entries(again));
  const names = new Set([...Object.keys(stated), ...expected.keys()]);
  const found = new Map<string, unknown>(Object.entries(stated));
  return [...names].filter((name) => textOf(found.get(name)) !== textOf(expected.get(name)));
};

const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
