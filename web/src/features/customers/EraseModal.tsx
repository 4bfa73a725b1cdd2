/** Erasing a customer: what will happen, the id typed again, how far it is, what went; then the page is left. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input, Modal, Progress } from "antd";
import { useState } from "react";
import { erasuresQuery, eraseCustomer } from "@/api/privacy";
import type { ErasedCustomers } from "@/api/types";
import { useWords } from "@/i18n";
import { PathLink } from "@/ui/PathLink";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { confirms, percentOf } from "./handedOut";
import styles from "./Portrait.module.css";

const LOOK_MS = 700;

interface Props {
  customerId: string;
  onClose: () => void;
}

export function EraseModal({ customerId, onClose }: Props) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const erase = useMutation({
    mutationFn: () => eraseCustomer(customerId),
    // All is told anew when it is looked at; the page behind would only say that nobody is there.
    onSuccess: () => cache.invalidateQueries({ refetchType: "none" }),
  });
  const leave = async () => {
    await navigate({ to: "/customers" });
    cache.removeQueries({ queryKey: ["customer", customerId] });
    void cache.invalidateQueries();
  };
  const done = erase.data;
  const ready = confirms(typed, customerId) && !erase.isPending;
  return (
    <Modal
      open
      title={t(done ? "customers.erasing.done" : "customers.erasing.title", { id: customerId })}
      closable={!erase.isPending}
      keyboard={!erase.isPending}
      mask={{ closable: false }}
      onCancel={() => (done ? void leave() : onClose())}
      footer={
        done ? (
          <Button type="primary" onClick={() => void leave()}>
            {t("customers.erasing.leave")}
          </Button>
        ) : (
          <>
            <Button disabled={erase.isPending} onClick={onClose}>
              {t("customers.erasing.cancel")}
            </Button>
            <Button danger type="primary" disabled={!ready} loading={erase.isPending} htmlType="submit" form="erase-form">
              {t("customers.erasing.yes")}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <Gone done={done} />
      ) : (
        <form
          id="erase-form"
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) erase.mutate();
          }}
        >
          <ul className={styles.consequences}>
            {(["everywhere", "never", "time", "log", "outside"] as const).map((one) => (
              <li key={one}>{t(`customers.erasing.what.${one}`)}</li>
            ))}
          </ul>
          {erase.isPending ? (
            <Far />
          ) : (
            <label className={styles.typed}>
              <span>{t("customers.erasing.type", { id: customerId })}</span>
              <Input autoFocus autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
            </label>
          )}
          {erase.error && <Wrong error={erase.error} compact />}
        </form>
      )}
    </Modal>
  );
}

/** How far the erasure is, as the server tells. */
function Far() {
  const { t } = useWords();
  const { title } = useFormat();
  const { data } = useQuery({ ...erasuresQuery, refetchInterval: LOOK_MS });
  const far = data?.under_way;
  const percent = percentOf(far);
  return (
    <div role="status">
      <Progress percent={percent ?? 0} strokeColor="var(--accent)" showInfo={percent !== null} status="active" aria-label={t("customers.erasing.progress")} />
      <p className="muted small">{far ? title(far.stage) : t("customers.erasing.waiting")}</p>
    </div>
  );
}

function Gone({ done }: { done: ErasedCustomers }) {
  const { t } = useWords();
  const { number } = useFormat();
  const counts = (["rows", "tags", "notes", "lists"] as const).map((one) => [one, done[one]] as const);
  return (
    <div className="stack">
      <p>{t("customers.erasing.went")}</p>
      <dl className={styles.went}>
        {counts.map(([one, count]) => (
          <div key={one}>
            <dt className="muted small">{t(`customers.erasing.count.${one}`)}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">
        {t("customers.erasing.record", { record: done.record })} <PathLink path="/settings">{t("customers.erasing.list")}</PathLink>
      </p>
    </div>
  );
}
