/** Whether what is sent to this URL can be read on the way: no TLS, and the host is not this machine. */
export function travelsInTheOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const here =
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname);
  return protocol !== 'https:' && !here;
}
