import type { CommandType } from '../../core/command/command-request.ts';
import { verbatimTypes, verbatimTypesOf21 } from '../../core/command/verbatim-type.ts';
import type { CentralAction as CentralAction16 } from '../../core/ocpp/v16/action.ts';
import type { CentralAction as CentralAction21 } from '../../core/ocpp/v21/central-action.ts';

type OutgoingAction = CentralAction16 | CentralAction21;

/** The commands that become a message of another name than theirs, by the message. */
const named: Partial<Readonly<Record<OutgoingAction, readonly CommandType[]>>> = {
  CancelReservation: ['cancel-reservation'],
  CertificateSigned: ['deliver-certificate'],
  ChangeAvailability: ['availability'],
  ChangeConfiguration: ['set-configuration'],
  ClearCache: ['clear-cache'],
  ClearChargingProfile: ['clear-charging-profile'],
  DataTransfer: ['data-transfer'],
  DeleteCertificate: ['delete-certificate'],
  ExtendedTriggerMessage: ['trigger'],
  GetBaseReport: ['get-configuration', 'get-base-report'],
  GetCompositeSchedule: ['composite-schedule'],
  GetConfiguration: ['get-configuration'],
  GetDiagnostics: ['get-logs'],
  GetInstalledCertificateIds: ['list-certificates'],
  GetLocalListVersion: ['local-list-version'],
  GetLog: ['get-logs'],
  GetVariables: ['get-configuration', 'get-variables'],
  InstallCertificate: ['install-certificate'],
  RemoteStartTransaction: ['start'],
  RemoteStopTransaction: ['stop'],
  RequestStartTransaction: ['start'],
  RequestStopTransaction: ['stop'],
  ReserveNow: ['reserve'],
  Reset: ['reset'],
  SendLocalList: ['local-list'],
  SetChargingProfile: ['set-charging-profile'],
  SetVariables: ['set-configuration', 'set-variables'],
  SignedUpdateFirmware: ['update-firmware'],
  TriggerMessage: ['trigger'],
  UnlockConnector: ['unlock'],
  UpdateFirmware: ['update-firmware'],
};

/** A name without what distinguishes its spellings. */
const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

const byPlainName = new Map(
  [...verbatimTypes, ...verbatimTypesOf21].map((type) => [plain(type), type]),
);

/** The commands that become a message; throws for a message that no command becomes. */
export const commandsOf = (action: OutgoingAction): readonly CommandType[] => {
  const verbatim = byPlainName.get(plain(action));
  const commands = named[action] ?? (verbatim === undefined ? [] : [verbatim]);
  if (commands.length === 0) throw new Error(`No command becomes ${action}.`);
  return commands;
};
