import { logger } from '../../runtime/logger.ts';
import type { Boot } from '../../store/chargers/boots.ts';
import type { MessageContext } from '../message-context.ts';

/** Seconds until the charger has its answer and can be asked. */
const answerSeconds = 5;

/** Hours for which a charger that says with each connection that it has started is believed to have its settings still. */
const settledFor = 24;

/**
 * Has a charger that started again held against its desired configuration: a start may have taken settings back. Its first one is
 * left to the handshake, which came before. A start is answered also where that fails.
 */
export async function configureAfterBoot(
  { charger, requestConfiguration }: MessageContext,
  boot: Boot,
  before: Boot | undefined,
): Promise<void> {
  if (requestConfiguration === undefined || before === undefined) return;
  const hours = (Date.parse(boot.bootedAt) - Date.parse(before.bootedAt)) / 3_600_000;
  if (hours < settledFor && boot.firmwareVersion === before.firmwareVersion) return;
  const { operatorId, chargerKey } = charger;
  try {
    await requestConfiguration({ operatorId, chargerKey }, answerSeconds);
  } catch (error) {
    logger.error('The settings of a charger could not be asked for', { error, chargerKey });
  }
}
