import type { Answers } from './charger-settings.ts';

type Call = (action: string, payload: object) => Promise<unknown>;

type LogRequest = { readonly requestId: number; readonly log: { readonly remoteLocation: string } };

const fileName = 'diagnostics.log';

/** Some lines of a log, as a charger without trouble writes them. */
const logText = 'boot\nnetwork up\nconnector 1 Available\n';

/** Puts a file where it was asked for; false where that did not take it. */
const upload = async (url: string): Promise<boolean> => {
  const answer = await fetch(url, { method: 'PUT', body: logText }).catch(() => undefined);
  return answer?.ok === true;
};

/**
 * The answers of a simulated charger that is asked for its log: it uploads a few lines and reports how that went. In OCPP 1.6 the
 * place is a folder, to which it appends the name of its file.
 */
export function fileAnswers(call: Call): Answers {
  const later = (work: () => Promise<void>): void => {
    setImmediate(() => void work().catch(() => undefined));
  };
  return {
    GetDiagnostics: ({ location }: { readonly location: string }) => {
      later(async () => {
        await call('DiagnosticsStatusNotification', { status: 'Uploading' });
        const isTaken = await upload(`${location}/${fileName}`);
        const status = isTaken ? 'Uploaded' : 'UploadFailed';
        await call('DiagnosticsStatusNotification', { status });
      });
      return { fileName };
    },
    GetLog: ({ requestId, log }: LogRequest) => {
      later(async () => {
        await call('LogStatusNotification', { status: 'Uploading', requestId });
        const isTaken = await upload(log.remoteLocation);
        const status = isTaken ? 'Uploaded' : 'UploadFailure';
        await call('LogStatusNotification', { status, requestId });
      });
      return { status: 'Accepted', filename: fileName };
    },
  };
}
