import { deployApp } from '../../runner/deploy-app.ts';

/** Synthesizes the app before the files start that need it, so that they find it made instead of all making it at a time. */
export async function setup(): Promise<void> {
  await deployApp({ parameters: { ChargerUrl: 'ws://127.0.0.1' } });
}
