import middy from '@middy/core';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { playCharger } from './play-charger.ts';

/** How long a CDR may take, ms. */
const patience = 60_000;

/** Plays a charger of an operator of its own, each time that a schedule calls it; what fails is an error of the function, which Lambda counts. */
export const handler = middy<unknown, void>()
  .use(withRequestId())
  .handler(async () => {
    const began = Date.now();
    const charged = await playCharger(
      {
        chargerUrl: process.env['CANARY_CHARGER_URL'] ?? '',
        apiUrl: process.env['CANARY_API_URL'] ?? '',
        apiKey: process.env['CANARY_API_KEY'] ?? '',
      },
      began,
      patience,
    );
    logger.info('The canary charged', { ...charged, milliseconds: Date.now() - began });
  });
