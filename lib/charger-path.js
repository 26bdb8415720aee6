// Runs in CloudFront on every handshake (cloudfront-js-2.0).
// API Gateway knows no path behind its stage, but OCPP-J puts a charger's identity there:
// the identity moves into the query, and whatever query the charger sent is dropped with the path.
//   /ocpp/{chargerId}                  -> /?chargerId=...
//   /ocpp/{operatorSlug}/{chargerId}   -> /?operatorSlug=...&chargerId=...
//   /cp/{connectionToken}[/...]        -> /?connectionToken=...

const NOT_FOUND = { statusCode: 404, statusDescription: 'Not Found' };

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  const identity = identityIn(request.uri);
  if (identity === undefined) {
    return NOT_FOUND;
  }
  request.uri = '/';
  request.querystring = identity;
  return request;
}

function identityIn(uri) {
  // Doubled and trailing slashes are common: chargers append their id to whatever URL they were given.
  const segments = uri.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'ocpp' && segments.length === 2) {
    return queryOf({ chargerId: segments[1] });
  }
  if (segments[0] === 'ocpp' && segments.length === 3) {
    return queryOf({ operatorSlug: segments[1], chargerId: segments[2] });
  }
  if (segments[0] === 'cp' && segments.length >= 2) {
    return queryOf({ connectionToken: segments[1] });
  }
  return undefined;
}

function queryOf(identity) {
  const query = {};
  try {
    Object.keys(identity).forEach((name) => {
      // A path may hold `+`, `&` and `=` as they are; a query may not.
      query[name] = { value: encodeURIComponent(decodeURIComponent(identity[name])) };
    });
  } catch (_malformed) {
    return undefined;
  }
  return query;
}
