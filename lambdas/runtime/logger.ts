import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log of this function; the service's name comes from POWERTOOLS_SERVICE_NAME. */
export const logger = new Logger();
