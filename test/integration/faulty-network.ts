/**
 * A network between the commands and the service, in which a test loses answers, holds requests back and says that the
 * service is busy. What it lets through is the service's own.
 */
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lose`: the service gets the request and its answer never arrives. `hold`: it waits for ever. */
export type Fate = 'pass' | 'lose' | 'hold' | { readonly busySeconds: number };

export interface Network {
  readonly address: string;
  /** `METHOD /path` of everything that the service was asked. */
  readonly passed: string[];
  /** Decides over each request; replace it to change the weather. */
  fate: (method: string, path: string) => Fate;
  readonly close: () => void;
}

export async function openNetwork(service: string): Promise<Network> {
  const { hostname, port } = new URL(service);
  const passed: string[] = [];
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse, isLost: boolean): void => {
    const { method, url, headers } = incoming;
    passed.push(`${method} ${url}`);
    const onward = ask({ hostname, port, method, path: url, headers }, (answer) => {
      if (isLost) {
        answer.resume().once('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  const server = createServer((incoming, outgoing) => {
    const fate = network.fate(incoming.method ?? '', incoming.url ?? '');
    if (fate === 'hold') return;
    if (typeof fate === 'string') {
      forward(incoming, outgoing, fate === 'lose');
      return;
    }
    const problem = { status: 429, code: 'too-many-requests', detail: 'busy', requestId: 'r' };
    outgoing.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': String(fate.busySeconds) });
    incoming.resume().once('end', () => outgoing.end(JSON.stringify(problem)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port: own } = server.address() as AddressInfo; // a server on a port has an address of this shape
  const network: Network = {
    address: `http://127.0.0.1:${own}`,
    passed,
    fate: () => 'pass',
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return network;
}
