import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  firmwareCampaignResume,
  firmwareCampaignStart,
  firmwareCampaignStop,
  firmwareCampaignWatch,
} from '../../cli/commands/firmware-campaign.ts';
import { apiThatAnswers } from './api-that-answers.ts';

const campaign = (more: object) => ({
  ...{ campaignId: 'cmp_1', state: 'running', total: 2, waiting: 0 },
  ...{ installed: 0, failed: 0, skipped: 0, inFlight: [], ended: [] },
  ...more,
});

const finished = campaign({ state: 'finished', installed: 2 });

describe('joulegate firmware campaign', () => {
  it('firmware campaign start begins with the chargers that are named, watches them to the end, and exits with 0 when all have the firmware', async () => {
    const { sent, values } = await apiThatAnswers(campaign({}), finished);
    const args = { positionals: ['fw_1'], values: { ...values, chargers: 'A,B', wave: '5' } };

    const result = await firmwareCampaignStart.run(args);

    expect(result).toMatchObject({ exitCode: 0, json: { state: 'finished' } });
    expect(result.text).toBe('cmp_1 finished: 2 of 2 installed, 0 failed, 0 skipped');
    expect(sent.map(({ call }) => call)).toEqual([
      'POST /firmware-campaigns',
      'GET /firmware-campaigns/cmp_1',
    ]);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      firmwareId: 'fw_1',
      chargers: { chargerIds: ['A', 'B'] },
      ...{ waveSize: 5, maxFailedPercent: 20, retries: 0 },
    });
  });

  it('firmware campaign watch exits with 1 where a charger failed, and names it with its word', async () => {
    const ended = [{ chargerId: 'B', outcome: 'failed', word: 'DownloadFailed' }];
    const { values } = await apiThatAnswers(
      campaign({ state: 'finished', installed: 1, failed: 1, ended }),
    );

    const result = await firmwareCampaignWatch.run({ positionals: ['cmp_1'], values });

    expect(result.exitCode).toBe(1);
    expect(result.text).toContain('B: DownloadFailed');
  });

  it('firmware campaign stop and resume order it by their calls; a resumed one is watched unless it is detached', async () => {
    const { sent, values } = await apiThatAnswers(campaign({ state: 'stopped' }), finished);
    const args = { positionals: ['cmp_1'], values };

    expect((await firmwareCampaignStop.run(args)).text).toContain('cmp_1 stopped');
    const detached = { ...args, values: { ...values, detach: true } };
    expect((await firmwareCampaignResume.run(detached)).exitCode).toBe(0);
    expect((await firmwareCampaignResume.run(args)).exitCode).toBe(0);
    expect(sent.map(({ call }) => call)).toEqual([
      'POST /firmware-campaigns/cmp_1/stop',
      'POST /firmware-campaigns/cmp_1/resume',
      'POST /firmware-campaigns/cmp_1/resume',
      'GET /firmware-campaigns/cmp_1',
    ]);
  });

  it('the chargers that have ended are counted on standard error while a campaign is watched', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => written.mockRestore());
    const ended = campaign({ state: 'stopped', total: 4, installed: 1, failed: 1, skipped: 1 });
    const { values } = await apiThatAnswers(ended);

    await firmwareCampaignWatch.run({ positionals: ['cmp_1'], values });

    expect(written.mock.calls.map(([text]) => text)).toEqual(['chargers: 3/4\n']);
  });

  it('a bar on the terminal shows the chargers that have ended while a campaign is watched', async () => {
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => {
      process.stderr.isTTY = isTTY;
      written.mockRestore();
    });
    const ended = campaign({ state: 'stopped', total: 4, installed: 1, failed: 1, skipped: 1 });
    const { values } = await apiThatAnswers(ended);

    const result = await firmwareCampaignWatch.run({ positionals: ['cmp_1'], values });

    const shown = written.mock.calls.map(([text]) => String(text)).join('');
    expect(shown).toMatch(/chargers +\S+ 0\/4 /);
    expect(shown).toMatch(/chargers +\S+ 3\/4 (?![\s\S]*\d\/4)/);
    expect(result.text).toContain('cmp_1 stopped');
  });

  it('a firmware, its chargers and a campaign have to be named', async () => {
    const { values } = await apiThatAnswers({});
    const none = { positionals: [], values };

    await expect(firmwareCampaignStart.run(none)).rejects.toThrow('Name a firmware');
    const unnamed = { positionals: ['fw_1'], values };
    await expect(firmwareCampaignStart.run(unnamed)).rejects.toThrow('Say which chargers');
    await expect(firmwareCampaignResume.run(none)).rejects.toThrow('Name a campaign');
  });
});
