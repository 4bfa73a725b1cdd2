/** The list of customers: search, filter, sort, columns, export. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { exportAddress } from "@/api/commands";
import { customersQuery, workspaceQuery } from "@/api/queries";
import type { CustomerFilter } from "@/api/types";
import { useWords } from "@/i18n";
import { ExportButton } from "@/ui/ExportButton";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { ColumnChoice, useColumns } from "./ColumnChoice";
import { CoverageLine } from "./CoverageLine";
import { CustomerTable } from "./CustomerTable";
import { Filters } from "./Filters";
import { NotesDrawer } from "./NotesDrawer";
import { StaffBatch } from "./StaffBatch";

export type Asked = Omit<CustomerFilter, "cursor" | "limit" | "as_of" | "compare">;

export default function CustomersPage() {
  const { t } = useWords();
  const { number } = useFormat();
  const { asked: days } = usePeriod();
  const search = useSearch({ from: "/customers" });
  const navigate = useNavigate({ from: "/customers" });
  const workspace = useQuery(workspaceQuery);
  const { layering, layer, from_layer, staff, q, min, max, sort, order } = search;
  const asked: Asked = useMemo(
    () => ({ layering, layer, from_layer, staff, q, min, max, sort, order }),
    [layering, layer, from_layer, staff, q, min, max, sort, order],
  );
  const filter = { ...asked, ...days };
  const pages = useInfiniteQuery(customersQuery({ ...filter, limit: 100 }));
  const first = pages.data?.pages[0];
  const [notes, setNotes] = useState(false);
  const [staffing, setStaffing] = useState(false);
  const [hidden, setHidden] = useColumns();
  const change = (next: Partial<Asked>) =>
    void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
  const empty = workspace.data?.customers === 0 && !first?.total;
  return (
    <>
      <PageHead
        title={t("shell.room.customers")}
        note={first && t("customers.selected", { count: first.total, n: number(first.total) })}
        dated={!empty}
        extra={
          first && (
            <>
              <Can permission="customers.personal">
                <Button onClick={() => setNotes(true)} aria-haspopup="dialog">
                  {t("customers.notes.title")}
                </Button>
              </Can>
              <Button onClick={() => setStaffing(true)} aria-haspopup="dialog">
                {t("customers.staff.title")}
              </Button>
              <ColumnChoice traits={first.traits} hidden={hidden} onChange={setHidden} />
              <ExportButton permission="customers.export" address={(format) => exportAddress(filter, format)} total={first.total} />
            </>
          )
        }
      />
      {staffing && <StaffBatch onClose={() => setStaffing(false)} />}
      {notes && <NotesDrawer onClose={() => setNotes(false)} />}
      {empty ? (
        <Panel>
          <Nothing title={t("customers.empty.title")} action={<PathLink path="/data">{t("customers.empty.action")}</PathLink>}>
            {t("customers.empty.what")}
          </Nothing>
        </Panel>
      ) : (
        <div className="stack">
          <CoverageLine as_of={days.as_of} />
          <Filters asked={asked} page={first} onChange={change} />
          {pages.error && <Wrong error={pages.error} onRetry={() => void pages.refetch()} />}
          {!first && !pages.error && (
            <Panel>
              <Waiting lines={14} />
            </Panel>
          )}
          {pages.data && first && !pages.error && (
            <CustomerTable
              pages={pages.data.pages}
              hidden={hidden}
              asked={asked}
              onSort={change}
              more={pages.hasNextPage && !pages.isFetchingNextPage}
              onMore={() => void pages.fetchNextPage()}
              stale={pages.isPlaceholderData}
            />
          )}
        </div>
      )}
    </>
  );
}
