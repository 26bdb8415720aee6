/** A point on earth, degrees. */
export type Point = { readonly latitude: number; readonly longitude: number };

/** Locations are kept by cells of a grid: a quarter of a degree, which is 28 km from south to north. */
const cellsPerDegree = 4;
const columns = 360 * cellsPerDegree;

/** The greatest distance that is searched around a point, km. */
export const mostKm = 25;

const kmPerDegree = 111.195;
const radiusOfEarthKm = 6_371;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const row = (latitude: number): number => Math.floor((latitude + 90) * cellsPerDegree);

/** Longitudes beyond 180 degrees go on at the other end. */
const column = (longitude: number): number => {
  const at = Math.floor((longitude + 180) * cellsPerDegree) % columns;
  return at < 0 ? at + columns : at;
};

/** The cell of a point, as text for a key. */
export const cellOf = ({ latitude, longitude }: Point): string =>
  `${row(latitude)}-${column(longitude)}`;

/** The distance of two points on a sphere, km. */
export const distanceKm = (a: Point, b: Point): number => {
  const latitudes = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const longitudes = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const part =
    latitudes + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * longitudes;
  return 2 * radiusOfEarthKm * Math.asin(Math.min(1, Math.sqrt(part)));
};

/** Every cell in which a point may lie that is at most so many km away; near a pole a whole row of them. */
export const cellsAround = ({ latitude, longitude }: Point, km: number): readonly string[] => {
  const height = km / kmPerDegree;
  const [south, north] = [Math.max(-90, latitude - height), Math.min(90, latitude + height)];
  // Meridians are closest where the circle is nearest to a pole.
  const narrowest = Math.cos(radians(Math.max(Math.abs(south), Math.abs(north))));
  const width = narrowest * 180 > height ? Math.min(180, height / narrowest) : 180;
  const cells = new Set<string>();
  for (let r = row(south); r <= row(north); r += 1) {
    const steps = Math.ceil(2 * width * cellsPerDegree);
    for (let step = 0; step <= steps; step += 1) {
      const at = Math.min(longitude + width, longitude - width + step / cellsPerDegree);
      cells.add(`${r}-${column(at)}`);
    }
  }
  return [...cells];
};
