/** A key for a program: what it is for, what it may do and how long; then what the program has to show, this once. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Input, Modal, Select } from "antd";
import { useState } from "react";
import { makeKey } from "@/api/people";
import type { Permission } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { useSession } from "@/ui/permissions";
import { ShownOnce } from "@/ui/ShownOnce";
import { Wrong } from "@/ui/states";
import styles from "./Account.module.css";
import { groupsOf, presetsOf } from "./keyPermissions";

const DAYS = [30, 90, 365];
const FOREVER = 0;

export function NewKeyModal({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<Permission[]>(["numbers.read"]);
  const [days, setDays] = useState(90);
  const make = useMutation({
    mutationFn: () => makeKey({ name, permissions: chosen, days: days === FOREVER ? null : days }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  const ready = name.trim() !== "" && chosen.length > 0;
  if (make.data)
    return (
      <Modal open title={t("people.keys.made", { name: make.data.key.name })} onCancel={onClose} maskClosable={false} footer={<Button type="primary" onClick={onClose}>{t("people.done")}</Button>}>
        <div className="stack">
          <ShownOnce label={t("people.keys.secret")} secret={make.data.secret} note={t("people.keys.once")} />
          <p className="muted small">
            {t("people.keys.how")} <code>Authorization: Bearer {make.data.secret.slice(0, 8)}…</code>
          </p>
        </div>
      </Modal>
    );
  return (
    <Modal
      open
      width={680}
      title={t("people.keys.new")}
      okText={t("people.keys.make")}
      cancelText={t("people.cancel")}
      okButtonProps={{ disabled: !ready, loading: make.isPending, htmlType: "submit", form: "key-form" }}
      onCancel={onClose}
    >
      <form
        id="key-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) make.mutate();
        }}
      >
        <LabelledField label={t("people.keys.name")}>
          <Input autoFocus maxLength={60} placeholder={t("people.keys.nameLike")} value={name} onChange={(event) => setName(event.target.value)} />
        </LabelledField>
        <Permissions chosen={chosen} onChoose={setChosen} />
        <LabelledField label={t("people.keys.holds")}>
          <Select
            value={days}
            onChange={setDays}
            options={[...DAYS.map((count) => ({ value: count, label: t("shell.days", { count }) })), { value: FOREVER, label: t("people.keys.forever") }]}
          />
        </LabelledField>
        {make.error && <Wrong error={make.error} compact />}
      </form>
    </Modal>
  );
}

function Permissions({ chosen, onChoose }: { chosen: Permission[]; onChoose: (chosen: Permission[]) => void }) {
  const { t } = useWords();
  const may = useSession()?.permissions ?? [];
  return (
    <>
      <div className={styles.presets} role="group" aria-label={t("people.keys.presets")}>
        {presetsOf(may).map(({ preset, permissions }) => (
          <Button key={preset} size="small" onClick={() => onChoose(permissions)}>
            {t(`people.keys.preset.${preset}`)}
          </Button>
        ))}
      </div>
      <div className={styles.groups}>
        {groupsOf(may).map(({ group, permissions }) => (
          <fieldset key={group} className={styles.group}>
            <legend className="small">{t(`people.keys.group.${group}`)}</legend>
            <div className={styles.boxes}>
              {permissions.map((one) => (
                <Checkbox key={one} checked={chosen.includes(one)} onChange={(event) => onChoose(event.target.checked ? [...chosen, one] : chosen.filter((other) => other !== one))}>
                  {t(`people.permission.${one}`)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </>
  );
}
