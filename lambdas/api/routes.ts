import { apiKeyRoutes } from './api-key-routes.ts';
import type { ApiRoute } from './api-route.ts';
import { cdrRoutes } from './cdr-routes.ts';
import { chargerRoutes } from './charger-routes.ts';
import { chargerSecretRoutes } from './charger-secret-routes.ts';
import { meterKeyRoutes } from './meter-key-routes.ts';
import { promoCodeRoutes } from './promo-code-routes.ts';
import { resolveRoutes } from './resolve-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { tariffRoutes } from './tariff-routes.ts';
import { tokenRoutes } from './token-routes.ts';

/** Every call of the operator API that needs a key. */
export const routes: readonly ApiRoute[] = [
  ...chargerRoutes,
  ...chargerSecretRoutes,
  ...meterKeyRoutes,
  ...tokenRoutes,
  ...tariffRoutes,
  ...promoCodeRoutes,
  ...sessionRoutes,
  ...cdrRoutes,
  ...resolveRoutes,
  ...settingsRoutes,
  ...apiKeyRoutes,
];
