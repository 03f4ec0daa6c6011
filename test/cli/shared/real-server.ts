/** A small HTTP server that answers as a test says: busy, hanging up, in another language. Nothing of ours is in it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly atMs: number;
}

export interface RealServer {
  readonly address: string;
  readonly received: readonly ReceivedRequest[];
  readonly close: () => void;
}

/** `answer` is told how many requests came before this one; the body has been read by then. */
export async function startServer(answer: (response: ServerResponse, before: number) => void): Promise<RealServer> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    request.resume();
    await new Promise((ended) => request.once('end', ended));
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, headers, atMs: performance.now() });
    answer(response, received.length - 1);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // a server on a port has an address of this shape
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${port}`, received, close };
}

export function answerJson(response: ServerResponse, status: number, document: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(document));
}
