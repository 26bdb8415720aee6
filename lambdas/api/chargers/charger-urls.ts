/** The addresses that a charger may be given, from CHARGER_URL: with its operator, id and password, or with its token alone. */
export function chargerUrls(
  slug: string,
  chargerId: string,
  connectionToken: string,
): { readonly basic: string; readonly token: string } {
  const base = (process.env['CHARGER_URL'] ?? '').replace(/\/+$/, '');
  return {
    basic: `${base}/ocpp/${slug}/${encodeURIComponent(chargerId)}`,
    token: `${base}/cp/${connectionToken}`,
  };
}
