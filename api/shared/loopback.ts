/**
 * Whether a request comes from this machine.
 *
 * The mistake avoided here: behind a proxy on the same machine every request of the world comes from 127.0.0.1.
 */
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** The header `Host`, or an address to listen on. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  return LOOPBACK_HOSTS.includes(host) || LOOPBACK_HOSTS.includes(host.replace(/:\d+$/, ''));
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

export function isProxied(headers: IncomingHttpHeaders): boolean {
  return ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
}
