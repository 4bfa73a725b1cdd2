/** What the workspace holds. */
import type { WorkspaceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";

export function TablesPanel({ workspace }: { workspace: WorkspaceInfo }) {
  const { t } = useWords();
  const { title, number, instant, money } = useFormat();
  const tables = workspace.tables.filter((table) => table.rows > 0);
  if (!tables.length) return null;
  return (
    <Panel title={t("data.held.title")}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("data.held.title")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("data.imports.table")}</th>
              <th scope="col" className="right">{t("data.result.rows")}</th>
              <th scope="col">{t("data.held.first")}</th>
              <th scope="col">{t("data.held.last")}</th>
            </tr>
          </thead>
          <tbody>
            {tables.map((table) => (
              <tr key={table.name}>
                <td>{title(table.words)}</td>
                <td className="right">{number(table.rows)}</td>
                <td className="num">{table.first_at ? instant(table.first_at) : "–"}</td>
                <td className="num">{table.last_at ? instant(table.last_at) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {workspace.orders_without_customer > 0 && (
        <p className="muted small" {...explain(t("data.held.withoutMeaning"))}>
          {t("data.held.without", { count: workspace.orders_without_customer, n: number(workspace.orders_without_customer), money: money(workspace.money_without_customer) })}
        </p>
      )}
    </Panel>
  );
}
