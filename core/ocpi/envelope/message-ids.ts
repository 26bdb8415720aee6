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

/** The ids of a request that is passed on: a new one for the request, the same for what belongs together. */
export const forwardedIds = ({ correlationId }: MessageIds, newRequestId: string): MessageIds => ({
  requestId: newRequestId,
  correlationId,
});

/** The ids of a request received; 2.1.1 has none, and some partners leave one out: `otherwise` is used then. */
export const messageIdsOf = (
  headers: { readonly [lowerCaseName: string]: string | undefined },
  otherwise: string,
): MessageIds => {
  const requestId = headers['x-request-id'] ?? otherwise;
  return { requestId, correlationId: headers['x-correlation-id'] ?? requestId };
};
