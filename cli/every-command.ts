import type { Command } from './command.ts';
import { cdrShow } from './commands/cdr-show.ts';
import { chargersAdd } from './commands/chargers-add.ts';
import { chargersList } from './commands/chargers-list.ts';
import { configurationDrift } from './commands/configuration-drift.ts';
import { configurationGet } from './commands/configuration-get.ts';
import { configurationSet } from './commands/configuration-set.ts';
import { doctor } from './commands/doctor.ts';
import { eraseData } from './commands/erase-data.ts';
import { eventsTail } from './commands/events-tail.ts';
import { exportAll } from './commands/export-all.ts';
import { exportList } from './commands/export-list.ts';
import { failuresList } from './commands/failures-list.ts';
import { failuresRetry } from './commands/failures-retry.ts';
import { failuresShow } from './commands/failures-show.ts';
import {
  firmwareCampaignResume,
  firmwareCampaignStart,
  firmwareCampaignStop,
  firmwareCampaignWatch,
} from './commands/firmware-campaign.ts';
import { firmwareUpload } from './commands/firmware-upload.ts';
import { keysCreate } from './commands/keys-create.ts';
import { keysDelete } from './commands/keys-delete.ts';
import { keysList } from './commands/keys-list.ts';
import { keysRotate } from './commands/keys-rotate.ts';
import { logs } from './commands/logs.ts';
import { nevi } from './commands/nevi.ts';
import { operatorCreate } from './commands/operator-create.ts';
import { operatorKeyCreate } from './commands/operator-key-create.ts';
import { partnerAdd } from './commands/partner-add.ts';
import { partnerList } from './commands/partner-list.ts';
import { partnerLosses } from './commands/partner-losses.ts';
import { partnerTest } from './commands/partner-test.ts';
import { price } from './commands/price.ts';
import { readings } from './commands/readings.ts';
import { replay } from './commands/replay.ts';
import { sendCommand } from './commands/send-command.ts';
import { sessionsList } from './commands/sessions-list.ts';
import { tariffsCreate } from './commands/tariffs-create.ts';
import { tariffsList } from './commands/tariffs-list.ts';
import { tokensImport } from './commands/tokens-import.ts';
import { uptime } from './commands/uptime.ts';
import { verify } from './commands/verify.ts';
import { verifyChain } from './commands/verify-chain.ts';
import { verifyOcmf } from './commands/verify-ocmf.ts';

/** Every command of the operator's CLI, in the order of the help. */
export const everyCommand: readonly Command[] = [
  doctor,
  failuresList,
  failuresShow,
  failuresRetry,
  operatorCreate,
  operatorKeyCreate,
  keysCreate,
  keysList,
  keysDelete,
  keysRotate,
  chargersAdd,
  chargersList,
  tokensImport,
  tariffsList,
  tariffsCreate,
  eventsTail,
  uptime,
  nevi,
  exportAll,
  exportList,
  eraseData,
  sendCommand,
  configurationGet,
  configurationSet,
  configurationDrift,
  logs,
  firmwareUpload,
  firmwareCampaignStart,
  firmwareCampaignWatch,
  firmwareCampaignStop,
  firmwareCampaignResume,
  partnerAdd,
  partnerList,
  partnerLosses,
  partnerTest,
  sessionsList,
  readings,
  cdrShow,
  price,
  verify,
  verifyChain,
  verifyOcmf,
  replay,
];
