/** A zone in which it is about noon. The names count westwards: https://data.iana.org/time-zones/tzdb/etcetera */
export function zoneAtNoon(): string {
  const west = new Date().getUTCHours() - 12;
  return `Etc/GMT${west < 0 ? '' : '+'}${west}`;
}
