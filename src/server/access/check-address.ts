import { Refused } from '../refused.ts';

/**
 * Refuses a request that a web page of another place may have sent: one for a name that is not ours (a page can point its own name at
 * 127.0.0.1: DNS rebinding), and one that a browser says came from elsewhere. There is no CORS: no other page reads an answer.
 */
export function checkAddress(headers: Headers, hosts: readonly string[]): void {
  const host = headers.get('host') ?? '';
  const name = hostnameOf(host);
  if (name === undefined || !(isLoopbackName(name) || hosts.some((own) => plain(own) === plain(name)))) {
    throw new Refused('wrong-host', 'The request names a host that this server does not go by.', {
      hint: 'Use 127.0.0.1 or localhost, or set DONNA_PUBLIC_URL to the address under which the server is reached.',
    });
  }
  const origin = headers.get('origin');
  if (origin !== null && hostOf(origin) !== host.toLowerCase()) {
    throw new Refused('wrong-origin', 'The request comes from a web page of another place.', {
      hint: 'Call the API from a server, or from a page that Donna itself serves.',
    });
  }
}

/** Whether a name, as a Host header has it, is one of this machine for itself. */
function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether an address of a socket is this machine. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address ?? '');
}

/**
 * Whether a request comes from this machine and from nowhere else: the socket, the name it asks for, and no proxy that says it speaks for
 * somebody. A proxy on this machine is itself at loopback, and many put its address into Host.
 */
export function isOverLoopback(address: string | undefined, headers: Headers): boolean {
  if (!isLoopbackAddress(address) || !isLoopbackName(hostnameOf(headers.get('host') ?? '') ?? ''))
    return false;
  return !proxyHeaders.some((name) => headers.has(name));
}

const proxyHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** The name in a Host header, without its port, in lower case. */
function hostnameOf(host: string): string | undefined {
  const matched = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/i.exec(host);
  return matched?.[1]?.toLowerCase().replace(/\.$/, '');
}

function hostOf(origin: string): string | undefined {
  return /^https?:\/\//i.test(origin) && URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** An IPv6 address stands in brackets in a header, and without them in a setting. */
function plain(name: string): string {
  return name.replace(/^\[|\]$/g, '').toLowerCase();
}
