const LOCAL =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|host\.docker\.internal|.*\.(?:local|test|localhost))(?::\d+)?$/;

/** Whether a host is this machine or its network: a proxy, a sandbox, a server in development. */
export function isLocalHost(host: string): boolean {
  return LOCAL.test(host.slice(0, 300));
}
