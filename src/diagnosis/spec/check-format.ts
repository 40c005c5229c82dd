type Test = (text: string) => boolean;

const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['date-time', isDateTime],
  ['date', isDate],
  ['uuid', (text) => /^(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)],
  ['email', (text) => text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text)],
  ['uri', (text) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['byte', (text) => /^[A-Za-z0-9+/_\s-]*={0,2}\s*$/.test(text)],
]);

/** Formats are told by their shape; texts longer than this are not looked at. */
const LONGEST_TEXT = 10_000;

/** Whether a text has a format of JSON Schema or OpenAPI. A format that is not known fits, as `binary` does. */
export function checkFormat(format: string, text: string): boolean {
  const test = tests.get(format);
  return test === undefined || text.length > LONGEST_TEXT || test(text);
}

/** RFC 3339, 5.6: the offset is due, and a space may stand for the T. */
function isDateTime(text: string): boolean {
  const [, date = '', hour, minute, second, offset = ''] =
    /^(\d{4}-\d\d-\d\d)[Tt\s](\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)$/i.exec(text) ?? [];
  if (!isDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return false;
  return /^z$/i.test(offset) || (Number(offset.slice(1, 3)) < 24 && Number(offset.slice(-2)) < 60);
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1) return false;
  return d <= new Date(Date.UTC(Number(year) || 4, m, 0)).getUTCDate();
}

function isIpv4(text: string): boolean {
  const parts = text.split('.', 5);
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

/** RFC 4291, 2.2, without a zone. */
function isIpv6(text: string): boolean {
  if (text.length > 45) return false;
  const halves = text.split('::', 3);
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const withIpv4 = last?.includes('.') && !text.endsWith('::');
  if (withIpv4 && !isIpv4(last ?? '')) return false;
  const plain = withIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (withIpv4 ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
