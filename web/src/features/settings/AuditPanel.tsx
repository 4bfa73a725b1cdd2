/** Who did what when: the audit log, the newest lines first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { auditExportAddress } from "@/api/commands";
import { auditQuery } from "@/api/queries";
import type { AuditLine } from "@/api/types";
import { useWords } from "@/i18n";
import { Actor } from "@/ui/Actor";
import { ExportButton } from "@/ui/ExportButton";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Settings.module.css";

export function AuditPanel() {
  const { t } = useWords();
  const { number } = useFormat();
  const [q, setQ] = useState("");
  const sought = useDeferredValue(q.trim());
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery(sought));
  const found = data?.pages[0]?.found ?? 0;
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  const rest = found - lines.length;
  return (
    <Panel title={t("settings.audit.title")} extra={<ExportButton permission="audit.read" total={found} address={(format) => auditExportAddress(sought, format)} />}>
      <p className="muted small">{t("settings.audit.note")}</p>
      <Input.Search allowClear className={styles.find} aria-label={t("settings.audit.search")} placeholder={t("settings.audit.search")} maxLength={200} value={q} onChange={(event) => setQ(event.target.value)} />
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={5} />}
      {data && lines.length === 0 && <p className="muted">{t(sought ? "settings.audit.none" : "settings.audit.nothing")}</p>}
      {lines.length > 0 && <Lines lines={lines} />}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("settings.audit.more", { count: rest, n: number(rest) })}
        </Button>
      )}
    </Panel>
  );
}

function Lines({ lines }: { lines: AuditLine[] }) {
  const { t } = useWords();
  const { number, instant, title } = useFormat();
  return (
    <div className={`scroll-x ${styles.lines}`} tabIndex={0} role="region" aria-label={t("settings.audit.title")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="right">{t("settings.audit.number")}</th>
            <th scope="col">{t("settings.audit.at")}</th>
            <th scope="col">{t("settings.audit.who")}</th>
            <th scope="col">{t("settings.audit.what")}</th>
            <th scope="col">{t("settings.audit.of")}</th>
            <th scope="col">{t("settings.audit.details")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number}>
              <td className="right muted" {...explain(t("settings.audit.digest", { digest: line.digest }))}>{number(line.number)}</td>
              <td className="num">{instant(line.at)}</td>
              <td className={styles.short}><Actor actor={line.actor} /></td>
              <td className={styles.short} {...explain(line.action)}>{title(line.said)}</td>
              <td className={styles.subject}>{line.subject}</td>
              <td className={`muted small ${styles.details}`}>{Object.entries(line.details).map(([name, value]) => `${name}: ${told(value)}`).join(" · ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function told(value: unknown): string {
  if (Array.isArray(value)) return value.map(told).join(", ");
  if (value !== null && typeof value === "object") return Object.entries(value).map(([name, one]) => `${name} → ${told(one)}`).join(", ");
  return value === null ? "–" : String(value);
}
