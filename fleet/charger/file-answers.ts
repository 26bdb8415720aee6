import type { Protocol } from '../../core/ocpp/protocol.ts';
import { bootNotification } from './boot-notification.ts';
import type { Answers } from './charger-settings.ts';

type Call = (action: string, payload: object) => Promise<Record<string, unknown>>;

type LogRequest = { readonly requestId: number; readonly log: { readonly remoteLocation: string } };
type FirmwareRequest = {
  readonly requestId: number;
  readonly firmware: { readonly location: string };
};

const fileName = 'diagnostics.log';

/** Some lines of a log, as a charger without trouble writes them. */
const logText = 'boot\nnetwork up\nconnector 1 Available\n';

/** Puts a file where it was asked for; false where that did not take it. */
const upload = async (url: string): Promise<boolean> => {
  const answer = await fetch(url, { method: 'PUT', body: logText }).catch(() => undefined);
  return answer?.ok === true;
};

/** The version that a firmware for simulated chargers states in its first line; undefined where it cannot be had. */
const download = async (url: string): Promise<string | undefined> => {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok === true ? /^version (\S+)/.exec(await answer.text())?.[1] : undefined;
};

/**
 * The answers of a simulated charger that is asked for its log, or to update its firmware: it uploads a few lines, or downloads the
 * firmware and boots with it, and reports how that goes. In OCPP 1.6 the place of a log is a folder, to which it appends a name.
 */
export function fileAnswers(protocol: Protocol, call: Call): Answers {
  const later = (work: () => Promise<void>): void => {
    setImmediate(() => void work().catch(() => undefined));
  };
  const update = async (url: string, say: (status: string) => Promise<unknown>): Promise<void> => {
    await say('Downloading');
    const version = await download(url);
    if (version === undefined) {
      await say('DownloadFailed');
      return;
    }
    for (const status of ['Downloaded', 'Installing']) await say(status);
    await call('BootNotification', bootNotification(protocol, version));
    await say('Installed');
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
    UpdateFirmware: (request: { readonly location: string } | FirmwareRequest) => {
      if ('location' in request) {
        later(() =>
          update(request.location, (status) => call('FirmwareStatusNotification', { status })),
        );
        return {};
      }
      const { requestId, firmware } = request;
      later(() =>
        update(firmware.location, (status) =>
          call('FirmwareStatusNotification', { status, requestId }),
        ),
      );
      return { status: 'Accepted' };
    },
    SignedUpdateFirmware: ({ requestId, firmware }: FirmwareRequest) => {
      later(() =>
        update(firmware.location, (status) =>
          call('SignedFirmwareStatusNotification', { status, requestId }),
        ),
      );
      return { status: 'Accepted' };
    },
  };
}
