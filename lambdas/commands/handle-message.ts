import type { CommandMessage } from '../connection/command-message.ts';
import { advanceCommands, meetDeadline } from './advance-commands.ts';
import { askForRenewal, certifyCharger, haveAuthority } from './certify-charger.ts';
import { askForSettings, noteLocalList, setWhatDiffers } from './configure-charger.ts';
import { expireCommand } from './expire-command.ts';
import { lookAtCampaign } from './look-at-campaign.ts';
import { noteOffline } from './note-offline.ts';
import { pushRunningCost } from './push-running-cost.ts';
import { sendMade } from './send-made.ts';
import { sendPasswordAgain } from './send-password-again.ts';
import type { Sender } from './sender.ts';

/** Does what a message to the sender asks for. */
export async function handleMessage(sender: Sender, message: CommandMessage): Promise<void> {
  if (message.kind === 'campaign') {
    await lookAtCampaign(sender, message);
    return;
  }
  if (message.kind === 'authority') {
    await haveAuthority(sender);
    return;
  }
  const { chargerKey } = message;
  switch (message.kind) {
    case 'made':
      await sendMade(sender, message);
      return;
    case 'deadline':
      await meetDeadline(sender, message);
      return;
    case 'next':
      await advanceCommands(sender, chargerKey);
      return;
    case 'expire':
      await expireCommand(sender, chargerKey, message.sequence);
      return;
    case 'certify':
      await certifyCharger(sender, message);
      return;
    case 'renew':
      await askForRenewal(sender, message);
      return;
    case 'password':
      await sendPasswordAgain(sender, message);
      return;
    case 'cost':
      await pushRunningCost(sender, message);
      return;
    case 'offline':
      await noteOffline(sender, message);
      return;
    case 'configure':
      await askForSettings(sender, message);
      return;
    case 'compare':
      await setWhatDiffers(sender, message);
      return;
    case 'confirm':
      await noteLocalList(sender, message);
      return;
    default:
      message satisfies never;
  }
}
