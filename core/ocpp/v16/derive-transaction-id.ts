import { contentDigest } from '../../session/content-digest.ts';

/** What makes a start of OCPP 1.6 the same start when it is sent again, on another connection or days later. */
export type StartContent = {
  readonly chargerKey: string;
  readonly connectorId: number;
  readonly idTag: string;
  /** The charger's timestamp as sent. */
  readonly startedAt: string;
  /** Wh. */
  readonly meterStart: number;
};

const highest = 2 ** 31 - 2;

/**
 * The transaction id we give to a start of OCPP 1.6: 1 to 2^31 - 2, derived from what the start says.
 * `probe` is 0, and 1, 2, … when the id before it already belongs to a different start of that charger.
 */
export const transactionIdOf = (content: StartContent, probe: number): number => {
  const { chargerKey, connectorId, idTag, startedAt, meterStart } = content;
  const digest = contentDigest(
    JSON.stringify([chargerKey, connectorId, idTag.toUpperCase(), startedAt, meterStart, probe]),
  );
  const number = digest.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
  return 1 + (number % highest);
};
