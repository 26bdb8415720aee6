import { type Dispatcher, Pool } from 'undici';

/** The engine's answer, unchanged. */
export type EngineAnswer = { readonly status: number; readonly body: Buffer };

/** The headers of a request to the engine: AWS's name of the operation and a well-formed signature. */
export type EngineHeaders = Readonly<
  Record<'x-amz-target' | 'x-amz-date' | 'authorization', string>
>;

/** Hands requests on to the engine, over connections that stay open. */
export type EngineForward = {
  readonly send: (headers: EngineHeaders, body: Buffer) => Promise<EngineAnswer>;
  readonly close: () => void;
};

/** Opens the way to an engine. */
export function forwardToEngine(url: string): EngineForward {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin);
  const send = (headers: EngineHeaders, body: Buffer) =>
    new Promise<EngineAnswer>((resolve, reject) => {
      const request = {
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
        body,
      } as const;
      pool.dispatch(request, collectAnswer(resolve, reject));
    });
  return {
    send,
    close: () => {
      void pool.destroy();
    },
  };
}

function collectAnswer(
  resolve: (answer: EngineAnswer) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 500;
  return {
    onRequestStart: () => {},
    onResponseStart: (_controller, statusCode) => {
      status = statusCode;
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => {
      const [first] = chunks;
      resolve({ status, body: first && chunks.length === 1 ? first : Buffer.concat(chunks) });
    },
    onResponseError: (_controller, error) => reject(error),
  };
}
