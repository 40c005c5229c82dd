import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Makes a server closable: the returned function takes no more connections, lets go of those on which nothing is being answered, and of the
 * others as soon as their answer is sent. Node alone waits for connections that clients opened ahead and never used.
 */
export function createDrain(server: Server): () => Promise<void> {
  const answering = new Map<Socket, number>();
  let draining = false;
  server.on('connection', (socket: Socket) => {
    if (draining) return socket.destroy();
    answering.set(socket, 0);
    socket.once('close', () => answering.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (answering.get(socket) ?? 1) - 1;
      if (!socket.destroyed) answering.set(socket, left);
      if (draining && left === 0) socket.destroySoon();
    });
  });
  return () => {
    draining = true;
    return new Promise((resolve) => {
      server.close(() => resolve());
      for (const [socket, requests] of answering) if (requests === 0) socket.destroySoon();
    });
  };
}
