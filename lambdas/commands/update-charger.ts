import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { commandSequence } from '../../core/command/command-sequence.ts';
import type { RunningAttempt } from '../../core/firmware/campaign.ts';
import {
  type FirmwareVerdict,
  firmwareStatusActions,
  firmwareVerdict,
} from '../../core/firmware/firmware-verdict.ts';
import { requestNumber } from '../../core/ocpp/request-number.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { faultOfCertificate } from '../connection/fault-of-certificate.ts';
import { offerFirmware } from '../connection/offer-firmware.ts';
import { messageOfNew, writeCommand } from '../connection/write-command.ts';
import { readBootSince } from '../store/chargers/boots.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readLine } from '../store/commands/command-line.ts';
import { createCommand, readCommand } from '../store/commands/commands.ts';
import type { StoredCampaign } from '../store/files/campaigns.ts';
import { readFirmware } from '../store/files/firmware.ts';
import { readChargerMessages } from '../store/readings/charger-messages.ts';
import type { Sender } from './sender.ts';

/** The last character of the place of a campaign's commands. */
const mark = 'C';

/** How many milliseconds may be full before the command of a campaign finds a place. */
const mostPlaces = 50;

type Place = { readonly sequence: string; readonly command: Command | undefined };

/** The command of an attempt, or the place at which it is to be made: it derives from the attempt, so that none is made twice. */
async function placeOfCommand(
  { database }: Sender,
  chargerKey: string,
  attempt: RunningAttempt,
): Promise<Place> {
  const at = Date.parse(attempt.startedAt);
  for (let n = 0; n < mostPlaces; n += 1) {
    const sequence = commandSequence(at + n, mark);
    const command = await readCommand(database, chargerKey, sequence);
    if (command === undefined || command.origin === 'firmware-campaign')
      return { sequence, command };
  }
  throw new Error('No place is free for the command of a campaign');
}

const failed = (word: string): FirmwareVerdict => ({ kind: 'failed', word });

/** Makes the command of an attempt and has it sent, or says why there can be none. */
async function make(
  sender: Sender,
  { operatorId, firmwareId, campaign }: StoredCampaign,
  { chargerId, startedAt }: RunningAttempt,
  sequence: string,
): Promise<Command | FirmwareVerdict> {
  const { database } = sender;
  const chargerKey = chargerKeyOf(operatorId, chargerId);
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined) return failed('CHARGER_NOT_FOUND');
  if (connection === undefined) return failed('CHARGER_NEVER_CONNECTED');
  const firmware = await readFirmware(database, operatorId, firmwareId);
  if (firmware === undefined) return failed('FIRMWARE_NOT_FOUND');
  const fault = firmware.signed && faultOfCertificate(firmware.signed.certificate, sender.now());
  if (fault !== undefined) return failed(fault.code);
  const seconds = Math.min(604_800, campaign.rules.hoursPerCharger * 3_600);
  const now = new Date(sender.now()).toISOString();
  const offered = await offerFirmware(database, firmware, chargerKey, sender.now(), seconds);
  const signed = firmware.signed && { ...firmware.signed, requestId: requestNumber(sequence) };
  const written = await writeCommand(connection.protocol, {
    sequence,
    chargerKey,
    operatorId,
    chargerId: charger.chargerId,
    origin: 'firmware-campaign',
    request: omitUndefined({
      type: 'update-firmware',
      url: offered,
      retrieveAt: startedAt,
      signed,
    } as const),
    now,
    seconds,
  });
  if (written.kind === 'refused') return failed(written.code);
  if ((await createCommand(database, written.command)) !== 'created') {
    // Another run has just made it.
    return (await readCommand(database, chargerKey, sequence)) ?? failed('COMMAND_NOT_FOUND');
  }
  await sender.send(messageOfNew(written.command, connection));
  return written.command;
}

/** Has a command sent that waits although nothing is in its way: the run that made it died before it asked for that. */
async function sendForgotten({ database, send }: Sender, command: Command): Promise<void> {
  const { chargerKey } = command;
  const { isWaiting, inFlight } = await readLine(database, chargerKey);
  if (isWaiting || inFlight !== undefined) return;
  const { connection } = await readChargerAndConnection(database, chargerKey);
  if (connection !== undefined) await send(messageOfNew(command, connection));
}

/** Sees to it that an attempt of a campaign has its command, and says how the update goes on. */
export async function updateCharger(
  sender: Sender,
  stored: StoredCampaign,
  attempt: RunningAttempt,
): Promise<FirmwareVerdict> {
  const { database } = sender;
  const { operatorId, version } = stored;
  const chargerKey = chargerKeyOf(operatorId, attempt.chargerId);
  const { sequence, command: known } = await placeOfCommand(sender, chargerKey, attempt);
  const command = known ?? (await make(sender, stored, attempt, sequence));
  if ('kind' in command) return command;
  if (known?.state === 'queued') await sendForgotten(sender, known);
  const [{ boot, isStillThere }, messages] = await Promise.all([
    readBootSince(database, chargerKey, attempt.startedAt),
    readChargerMessages(database, chargerKey, {
      actions: firmwareStatusActions,
      from: command.createdAt,
    }),
  ]);
  // One that was deleted says nothing more, and what another one with its id says is not of this attempt.
  if (!isStillThere) return failed('CHARGER_NOT_FOUND');
  // One that waited too long has expired, also before that was noted.
  const hasExpired = command.state === 'queued' && Date.parse(command.expiresAt) <= sender.now();
  const state = hasExpired ? 'expired' : command.state;
  return firmwareVerdict(
    omitUndefined({
      version,
      boot,
      messages,
      command: { state, createdAt: command.createdAt, requestId: requestNumber(sequence) },
    }),
  );
}
