import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ServiceChoice } from '../cli/service/service-api.ts';
import type { Settings } from './config.ts';

/** Whether looking for a server can find one. Without an address and without a file there is none, and nothing is loaded to look. */
export function mayHaveServer(settings: Settings, { url }: ServiceChoice): boolean {
  return (
    url !== undefined ||
    settings.DONNA_URL !== undefined ||
    existsSync(path.join(settings.DONNA_DATA_DIR, 'server.json'))
  );
}
