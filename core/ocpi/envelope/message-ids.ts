/** The ids by which a message is found again in the logs of both sides. */
export type MessageIds = { readonly requestId: string; readonly correlationId: string };

/** The headers of the ids, of a request as of its answer, which echoes them. */
export const messageIdHeaders = ({
  requestId,
  correlationId,
}: MessageIds): { readonly [name: string]: string } => ({
  'X-Request-ID': requestId,
  'X-Correlation-ID': correlationId,
});

/** An id that may be echoed: no header takes others. */
const echoable = /^[\x21-\x7e]{1,255}$/;

const idIn = (header: string | undefined): string | undefined =>
  header !== undefined && echoable.test(header) ? header : undefined;

/**
 * The ids of a request received; 2.1.1 has none, and some partners leave one out: `otherwise` is used then, and also for one that is
 * longer than 255 characters or has others than visible ASCII.
 */
export const messageIdsOf = (
  headers: { readonly [lowerCaseName: string]: string | undefined },
  otherwise: string,
): MessageIds => {
  const requestId = idIn(headers['x-request-id']) ?? otherwise;
  return { requestId, correlationId: idIn(headers['x-correlation-id']) ?? requestId };
};
