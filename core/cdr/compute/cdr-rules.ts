import type { Metered } from '../../metering/model/metered.ts';
import type { ConnectorState, MeterReading } from '../../metering/model/reading.ts';
import type { Price } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import type { StoredMessage } from '../model/stored-message.ts';
import type { ChargerSays } from './charger-says.ts';

/** A message of a transaction whose messages are counted (OCPP 2.0.1 TransactionEvent seqNo). */
export type NumberedMessage = {
  readonly seqNo: number;
  /** A text that is the same for every copy of the message. */
  readonly content: string;
};

/** The content of a stored message: readings, the state of the connector, or neither. */
export type DecodedMessage = {
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
  /** Its number within its transaction, where the protocol counts its messages, and all that it says besides. */
  readonly numbered?: NumberedMessage;
  /** The transaction id that its charger made up for one of its transactions, where it names no id of ours. */
  readonly madeUpId?: string;
  /** The words of its charger about its own doing. */
  readonly says?: ChargerSays;
};

/**
 * The parts of the rules that live elsewhere: decoding a protocol's messages, and pricing; and, where the platform has SHA-256 by
 * means of its own, that: the same as digestHex.
 */
export type CdrRules = {
  readonly read: (reading: StoredMessage) => DecodedMessage;
  readonly price: (tariff: Tariff, metered: Metered, timeZone: string) => Price;
  readonly digest?: (text: string) => string;
};
