import { AppError } from '../../src/kernel/errors.ts';
import type { SimNode } from './node.ts';
import type { Random } from './random.ts';

/** How the way to the database is. Shared by the nodes, and good after the faults. */
export interface StoreWeather {
  /** Chance that a statement fails, before or after it has taken effect. */
  failing: number;
  /** The longest that it takes, there and back. */
  slowMs: number;
}

/**
 * A port of the database as one process reaches it: later than it is, sometimes not at all, and sometimes with the word that it failed
 * although it did not.
 */
export function throughNode<Port extends object>(
  port: Port,
  node: SimNode,
  random: Random,
  weather: StoreWeather,
): Port {
  const wrapped = Object.entries(port).map(([name, method]) => {
    if (typeof method !== 'function') return [name, method];
    return [
      name,
      (...args: unknown[]) => {
        const fails = random.chance(weather.failing);
        const lost = random.chance(0.5);
        const slow = weather.slowMs > 0 || random.chance(0.25);
        const most = weather.slowMs > 0 ? weather.slowMs : 15;
        const run = async () => {
          if (fails && !lost) throw unavailable();
          const value: unknown = await Reflect.apply(method, port, args);
          if (fails) throw unavailable();
          return value;
        };
        return node.effect(
          name,
          run,
          slow ? { thereMs: random.whole(0, most), backMs: random.whole(0, most) } : undefined,
        );
      },
    ];
  });
  return Object.fromEntries(wrapped) as Port;
}

function unavailable(): AppError {
  return new AppError('storage', 'The database did not answer.', { retryable: true });
}
