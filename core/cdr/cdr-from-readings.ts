import type { Metered } from '../metering/metered.ts';
import type { ConnectorState, MeterReading } from '../metering/reading.ts';
import type { Session } from '../session/session.ts';
import type { Price } from '../tariff/price.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { CdrContent } from './cdr.ts';
import { type CdrBasis, noBasis } from './cdr-basis.ts';
import { composeCdr, mustHold } from './compose-cdr.ts';
import { measuredSession } from './measured-session.ts';
import { countReadings, readingsHash } from './readings-hash.ts';
import type { StoredReading } from './stored-reading.ts';

/** What a stored message says: readings, the state of the connector, or nothing. */
export type Understood = {
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
};

/** The parts of the rules that live elsewhere: reading a protocol's messages, and pricing. */
export type CdrRules = {
  readonly read: (reading: StoredReading) => Understood;
  readonly price: (tariff: Tariff, metered: Metered, timeZone: string) => Price;
};

/**
 * Computes a CDR from a session, the tariff that held at its start, all of its stored messages and what else it rests on.
 * The order of the messages and repetitions do not matter: the same evidence gives the same bytes, today and when it is
 * verified.
 */
export const cdrFromReadings = (
  session: Session,
  tariff: Tariff | undefined,
  stored: readonly StoredReading[],
  rules: CdrRules,
  basis: CdrBasis = noBasis,
): CdrContent => {
  const metered = measuredSession(session, stored, rules.read, basis);
  const billed = mustHold(session, metered, tariff) ? undefined : tariff;
  const price = billed && rules.price(billed, metered, session.timeZone);
  return composeCdr(session, metered, tariff, price, {
    readings: countReadings(stored),
    readingsHash: readingsHash(stored),
    basis,
  });
};
