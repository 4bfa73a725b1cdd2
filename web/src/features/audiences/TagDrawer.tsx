/** One tag: who has it, and giving or taking it to many at once. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Tabs } from "antd";
import { tagHoldersQuery } from "@/api/queries";
import type { TagHolder, TagInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { Actor, useActor } from "@/ui/Actor";
import { PathLink } from "@/ui/PathLink";
import type { Rule } from "@/ui/rules/tree";
import { Can, usePermission } from "@/ui/permissions";
import { TagChip } from "@/ui/TagChip";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { BatchPanel } from "./BatchPanel";
import { TagRule } from "./TagRule";

interface Props {
  tag: TagInfo;
  /** The name of its group. */
  group: string | undefined;
  onEdit: () => void;
  onClose: () => void;
}

export function TagDrawer({ tag, group, onEdit, onClose }: Props) {
  const { t } = useWords();
  const { say, number, instant } = useFormat();
  const actor = useActor();
  const marks = usePermission("customers.mark");
  const asked = encodeURIComponent(JSON.stringify({ tag: tag.key }));
  return (
    <Drawer
      open
      size={Math.min(620, window.innerWidth)}
      title={<TagChip colour={tag.colour}>{say(tag.name)}</TagChip>}
      extra={
        <Can permission={tag.masked ? "customers.personal" : "audiences.write"}>
          <PathLink path={`/audiences/new?rule=${asked}`}>{t("audiences.tags.asAudience")}</PathLink>
        </Can>
      }
      onClose={onClose}
    >
      <div className="stack">
        <p className="muted small">
          {[tag.customers !== null && t("audiences.tags.count", { count: tag.customers, n: number(tag.customers) }), group, t("audiences.tags.by", { who: actor(tag.made_by), at: instant(tag.made_at) })].filter(Boolean).join(" · ")}
        </p>
        {tag.description && <p>{tag.description}</p>}
        <p className="small">
          <PathLink path={`/settings/definitions/tags/${tag.key}`}>{t("audiences.tags.definition", { version: tag.version })}</PathLink>
        </p>
        {tag.masked ? (
          <Holders tag={tag} />
        ) : tag.rule ? (
          <>
            <TagRule tag={tag} rule={tag.rule as Rule} onEdit={onEdit} />
            <Holders tag={tag} />
          </>
        ) : (
          <Tabs
            items={[
              { key: "holders", label: t("audiences.tags.holders"), children: <Holders tag={tag} /> },
              ...(marks ? [{ key: "batch", label: t("audiences.batch.title"), children: <BatchPanel tag={tag} /> }] : []),
            ]}
          />
        )}
      </div>
    </Drawer>
  );
}

function Holders({ tag }: { tag: TagInfo }) {
  const { t } = useWords();
  const pages = useInfiniteQuery(tagHoldersQuery(tag.key));
  const rows = pages.data?.pages.flatMap((page) => page.customers) ?? [];
  if (pages.error) return <Wrong error={pages.error} onRetry={() => void pages.refetch()} compact />;
  if (!pages.data) return <Waiting lines={5} />;
  if (!rows.length) return <p className="muted">{t(tag.rule ? "audiences.tags.nobodyMeets" : "audiences.tags.nobody")}</p>;
  return (
    <>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("audiences.tags.holders")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("customers.id")}</th>
              <th scope="col">{t("audiences.tags.since")}</th>
              <th scope="col">{t("audiences.tags.who")}</th>
              <th scope="col">{t("audiences.tags.why")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Holder key={row.customer_id} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {pages.hasNextPage && (
        <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("audiences.tags.more")}
        </Button>
      )}
    </>
  );
}

function Holder({ row }: { row: TagHolder }) {
  const { t } = useWords();
  const { instant } = useFormat();
  return (
    <tr>
      <td>
        <PathLink path={`/customers/${encodeURIComponent(row.customer_id)}`}>{row.customer_id}</PathLink>
      </td>
      <td className="num muted">{instant(row.since)}</td>
      <td className="muted">
        <Actor actor={row.by} /> · {t(`audiences.source.${row.source}`)}
      </td>
      <td>{row.why}</td>
    </tr>
  );
}
