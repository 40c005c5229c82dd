import type { WebhookEndpoint, WebhookEndpoints } from '../calls/service-ports.ts';
import { cleanText, jsonText } from './json-text.ts';
import type { Session } from './session.ts';
import { isoOf } from './write-row.ts';

interface EndpointRow {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly events: readonly string[];
  readonly created_at: Date;
  readonly created_by: string;
  readonly disabled_at: Date | null;
}

const columns = 'id, url, secret, events, created_at, created_by, disabled_at';

export function createWebhookEndpoints(session: Session): WebhookEndpoints {
  return {
    async add({ id, url, secret, events, createdMs, createdBy, disabledMs }) {
      const text = `insert into webhook_endpoints (${columns}) values ($1, $2, $3, $4, $5, $6, $7)`;
      const disabled = disabledMs === undefined ? null : isoOf(disabledMs);
      const values = [id, url, secret, jsonText(events), isoOf(createdMs), cleanText(createdBy), disabled];
      await session.query({ text }, values);
    },
    async list() {
      const text = `select ${columns} from webhook_endpoints order by created_at, id`;
      return (await session.query<EndpointRow>({ text })).map(endpointOf);
    },
    async get(id) {
      const text = `select ${columns} from webhook_endpoints where id = $1`;
      const [row] = await session.query<EndpointRow>({ text }, [id]);
      return row && endpointOf(row);
    },
    async remove(id) {
      const text = 'delete from webhook_endpoints where id = $1 returning id';
      return (await session.query({ text }, [id])).length > 0;
    },
  };
}

function endpointOf(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    secret: row.secret,
    events: row.events,
    createdMs: row.created_at.getTime(),
    createdBy: row.created_by,
    disabledMs: row.disabled_at?.getTime(),
  };
}
