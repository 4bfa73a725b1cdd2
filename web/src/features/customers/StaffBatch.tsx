/** Somebody put in charge of many customers at once: pasted ids, a file or an audience; the report, and the way back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { AutoComplete, Button, Drawer, Input, Select } from "antd";
import { useState } from "react";
import { chargeStaff, staffQuery, undoCharge } from "@/api/knowing";
import { audiencesQuery } from "@/api/queries";
import type { ChargeAsked } from "@/api/types";
import { useWords } from "@/i18n";
import { DropTarget } from "@/ui/DropTarget";
import { asNamed, idsOf, isGiven, NOBODY, textOf } from "@/ui/ids";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Customers.module.css";
import { StaffReport } from "./StaffReport";

export function StaffBatch({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { say, number } = useFormat();
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [given, setGiven] = useState(NOBODY);
  const [audience, setAudience] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const staff = useQuery(staffQuery).data?.staff ?? [];
  const audiences = useQuery(audiencesQuery()).data?.audiences.filter((one) => !one.masked) ?? [];
  const fresh = () => {
    for (const one of ["staff", "customers"]) void cache.invalidateQueries({ queryKey: [one] });
  };
  const undo = useMutation({ mutationFn: undoCharge, onSuccess: fresh });
  const send = useMutation({ mutationFn: (body: ChargeAsked) => chargeStaff(body), onMutate: undo.reset, onSuccess: fresh });
  const meant = isGiven(given) || audience !== null;
  const put = (who: string | null) => {
    const { ids = [], text = "" } = asNamed(given);
    send.mutate({ staff: who, ids, text, audience });
  };
  const read = async (file: File) => {
    const ids = idsOf(await textOf(file, () => undefined).catch(() => ""));
    setWrong(ids.some(Boolean) ? null : t("customers.staff.noIds", { name: file.name }));
    if (ids.some(Boolean)) setGiven({ text: given.text, file: { name: file.name, ids } });
  };
  return (
    <Drawer open size={Math.min(520, window.innerWidth)} title={t("customers.staff.batch")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && meant) put(name.trim());
        }}
      >
        <label>
          <span className="muted small">{t("customers.staff.name")}</span>
          <AutoComplete style={{ width: "100%" }} value={name} maxLength={100} options={staff.map((one) => ({ value: one.name }))} onChange={setName} />
        </label>
        {given.file ? (
          <p className="row">
            <b>{t("customers.staff.file", { name: given.file.name, n: number(given.file.ids.length) })}</b>
            <Button size="small" type="text" onClick={() => setGiven({ ...given, file: null })}>
              {t("customers.staff.without")}
            </Button>
          </p>
        ) : (
          <>
            <label>
              <span className="muted small">{t("customers.staff.paste")}</span>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} spellCheck={false} value={given.text} onChange={(event) => setGiven({ text: event.target.value, file: null })} />
            </label>
            <DropTarget className={styles.drop} label={t("customers.staff.drop")} accept=".csv,.tsv,.txt" onFile={(file) => void read(file)}>
              <span className="muted small">{t("customers.staff.drop")}</span>
            </DropTarget>
          </>
        )}
        {wrong && (
          <p className="down small" role="alert">
            {wrong}
          </p>
        )}
        {audiences.length > 0 && (
          <label>
            <span className="muted small">{t("customers.staff.audience")}</span>
            <Select
              style={{ width: "100%" }}
              allowClear
              aria-label={t("customers.staff.audience")}
              value={audience}
              options={audiences.map((one) => ({ value: one.key, label: say(one.name) }))}
              onChange={(key: string | undefined) => setAudience(key ?? null)}
            />
          </label>
        )}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={send.isPending} disabled={!name.trim() || !meant}>
            {t("customers.staff.do")}
          </Button>
          <Button disabled={!meant || send.isPending} onClick={() => put(null)}>
            {t("customers.staff.leave")}
          </Button>
        </div>
        {send.error && <Wrong error={send.error} compact />}
        {send.data && !send.isPending && <StaffReport report={send.data} undo={undo} />}
      </form>
    </Drawer>
  );
}
