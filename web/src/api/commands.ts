/** What can be done through the API. */
import { api, done, heed, PREFIX, told } from "./client";
import { ProblemError, problemOf } from "./problem";
import { ofStore, storeNow } from "./store";
import type { AudienceChange, CustomerFilter, DefinitionAsked, ExportFormat, Guess, Mapping, NewAudience, NewLayering, NewTag, NewTagGroup, Parameters, PreviewAsked, SelectionAsked, Settings, SnapshotAsked, TagChange, TagGroupChange } from "./types";

export const changeSettings = (body: Settings) => told(api.PATCH("/api/v1/workspace", { body }));

export const changeMeanings = (means: Record<string, string | null>) => told(api.PATCH("/api/v1/events/meanings", { body: { means } }));

export const tryLayering = (key: string, parameters: Parameters, as_of: string | undefined, signal: AbortSignal) =>
  told(api.POST("/api/v1/layerings/{key}/impact", { params: { path: { key } }, body: { parameters, as_of }, signal }));

export const publishLayering = (key: string, body: DefinitionAsked) =>
  told(api.PUT("/api/v1/layerings/{key}/definition", { params: { path: { key } }, body }));

export const previewLayering = (body: PreviewAsked, signal: AbortSignal) => told(api.POST("/api/v1/layerings/preview", { body, signal }));

export const createLayering = (body: NewLayering) => told(api.POST("/api/v1/layerings", { body }));

export const removeLayering = (key: string) => done(api.DELETE("/api/v1/layerings/{key}", { params: { path: { key } } }));

export const restoreLayering = (key: string) => told(api.POST("/api/v1/layerings/{key}/restore", { params: { path: { key } } }));

/** Everyone who meets a rule, as a file. */
export const exportSelection = (rule: SelectionAsked["rule"], as_of: string | undefined, kind: ExportFormat) =>
  told(api.POST("/api/v1/selections/export", { params: { query: { kind } }, body: { rule, as_of, sample: 0 }, parseAs: "blob" })) as Promise<Blob>;

export const createAudience = (body: NewAudience) => told(api.POST("/api/v1/audiences", { body }));

export const changeAudience = (key: string, body: AudienceChange) =>
  told(api.PUT("/api/v1/audiences/{key}", { params: { path: { key } }, body }));

export const removeAudience = (key: string) => done(api.DELETE("/api/v1/audiences/{key}", { params: { path: { key } } }));

export const restoreAudience = (key: string) => told(api.POST("/api/v1/audiences/{key}/restore", { params: { path: { key } } }));

export const snapshotAudience = (key: string, body: SnapshotAsked) =>
  told(api.POST("/api/v1/audiences/{key}/snapshot", { params: { path: { key } }, body }));

export const createTag = (body: NewTag) => told(api.POST("/api/v1/tags", { body }));

export const changeTag = (key: string, body: TagChange) => told(api.PUT("/api/v1/tags/{key}", { params: { path: { key } }, body }));

export const removeTag = (key: string) => told(api.DELETE("/api/v1/tags/{key}", { params: { path: { key } } }));

export const mergeTag = (key: string, into: string) => told(api.POST("/api/v1/tags/{key}/merge", { params: { path: { key } }, body: { into } }));

export const refreshTags = () => told(api.POST("/api/v1/tags/refresh"));

export const createTagGroup = (body: NewTagGroup) => told(api.POST("/api/v1/tag-groups", { body }));

export const changeTagGroup = (key: string, body: TagGroupChange) =>
  told(api.PUT("/api/v1/tag-groups/{key}", { params: { path: { key } }, body }));

export const removeTagGroup = (key: string) => told(api.DELETE("/api/v1/tag-groups/{key}", { params: { path: { key } } }));

/** Customers as they are named: ids one by one, or a text of them. */
export interface NamedCustomers {
  ids?: string[];
  text?: string;
  why?: string;
}

const named = ({ ids = [], text = "", why = "" }: NamedCustomers) => ({ ids, text, why });

export const giveTag = (key: string, customers: NamedCustomers) =>
  told(api.POST("/api/v1/tags/{key}/customers", { params: { path: { key } }, body: named(customers) }));

export const takeTag = (key: string, customers: NamedCustomers) =>
  told(api.DELETE("/api/v1/tags/{key}/customers", { params: { path: { key } }, body: named(customers) }));

export const undoTagBatch = (batch: string) => told(api.POST("/api/v1/tag-batches/{batch}/undo", { params: { path: { batch } } }));

export const addNote = (customer_id: string, text: string) =>
  told(api.POST("/api/v1/customers/{customer_id}/notes", { params: { path: { customer_id } }, body: { text } }));

export const changeNote = (note_id: string, text: string) =>
  told(api.PUT("/api/v1/notes/{note_id}", { params: { path: { note_id } }, body: { text } }));

export const removeNote = (note_id: string) => done(api.DELETE("/api/v1/notes/{note_id}", { params: { path: { note_id } } }));

/** Send a file, telling the share that has gone up; fetch can't tell it. */
export function uploadFile(file: File, onShare: (share: number) => void, signal?: AbortSignal): Promise<Guess> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file);
    request.upload.onprogress = (event) => onShare(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(new TypeError("unreachable"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    request.onload = () => {
      const body = parsed(request.responseText);
      heed(request.status);
      if (request.status >= 200 && request.status < 300) resolve(body as Guess);
      else reject(new ProblemError(problemOf(body, request.status)));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.open("POST", `${PREFIX}/uploads`);
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const guessAgain = (upload_id: string, table: string | undefined, mapping: Mapping | undefined) =>
  told(api.POST("/api/v1/uploads/{upload_id}/guess", { params: { path: { upload_id } }, body: { table, mapping } }));

export const startImport = (upload_id: string, mapping: Mapping, strict: boolean, idempotencyKey: string) =>
  told(
    api.POST("/api/v1/imports", {
      params: { header: { "idempotency-key": idempotencyKey } },
      body: { upload_id, mapping, strict },
    }),
  );

export const loadSample = (key: string, idempotencyKey: string) =>
  told(api.POST("/api/v1/samples/{key}/import", { params: { path: { key }, header: { "idempotency-key": idempotencyKey } } }));

export const cancelImport = (import_id: string) =>
  told(api.POST("/api/v1/imports/{import_id}/cancel", { params: { path: { import_id } } }));

export const undoImport = (import_id: string) =>
  told(api.POST("/api/v1/imports/{import_id}/undo", { params: { path: { import_id } } }));

export const rejectsAddress = (import_id: string) => `${PREFIX}/imports/${encodeURIComponent(import_id)}/rejects`;

/** Where the selected customers can be downloaded. */
export const exportAddress = (filter: CustomerFilter, format: ExportFormat) => fileAddress("/customers/export", filter, format);

export const audienceExportAddress = (key: string, as_of: string | undefined, format: ExportFormat) =>
  fileAddress(`/audiences/${encodeURIComponent(key)}/export`, { as_of }, format);

export const eventsExportAddress = (format: ExportFormat) => fileAddress("/events/export", {}, format);

export const auditExportAddress = (q: string, format: ExportFormat) => fileAddress("/audit/export", { q }, format);

export const movesExportAddress = (key: string, query: object, format: ExportFormat) =>
  fileAddress(`/layerings/${encodeURIComponent(key)}/history/moves/export`, query, format);

export const portraitExportAddress = (key: string, layer: string, as_of: string, format: ExportFormat) =>
  fileAddress(`/layerings/${encodeURIComponent(key)}/layers/${encodeURIComponent(layer)}/portrait/export`, { as_of }, format);

export const audiencePortraitExportAddress = (key: string, as_of: string, format: ExportFormat) =>
  fileAddress(`/audiences/${encodeURIComponent(key)}/portrait/export`, { as_of }, format);

function fileAddress(path: string, filter: object, format: ExportFormat): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined || value === null || name === "cursor" || name === "limit") continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  query.set("format", format);
  return ofStore(`${PREFIX}${path}?${query.toString()}`, storeNow());
}
