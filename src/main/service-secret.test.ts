import { devNull } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { serviceSecret } from './service-secret.ts';

it('names the file, and the setting, where the data directory cannot be made', async () => {
  const directory = path.join(devNull, 'data');
  const asked = serviceSecret({
    DONNA_SECRET: undefined,
    DATABASE_URL: undefined,
    DONNA_DATA_DIR: directory,
  });
  await expect(asked).rejects.toMatchObject({
    code: 'storage',
    hint: expect.stringMatching(/secret; give DONNA_DATA_DIR a directory/),
  });
});
