/** Another password for oneself. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { changePassword, sessionsQuery } from "@/api/session";
import type { PersonInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { NewPassword, UNTYPED } from "@/ui/NewPassword";
import { Panel } from "@/ui/Panel";
import { Wrong } from "@/ui/states";
import { isReady } from "@/ui/typedTwice";
import styles from "./Account.module.css";

export function PasswordPanel({ person }: { person: PersonInfo }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [before, setBefore] = useState("");
  const [typed, setTyped] = useState(UNTYPED);
  const change = useMutation({
    mutationFn: () => changePassword({ password: before, new_password: typed.password }),
    onSuccess: () => {
      setBefore("");
      setTyped(UNTYPED);
      message.success(t("people.password.changed"));
      return cache.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const ready = before !== "" && isReady(typed.password, typed.again);
  return (
    <Panel title={t("people.password.title")} note={t("people.password.ends")}>
      <form
        className={`stack ${styles.form}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) change.mutate();
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={person.login} readOnly />
        <LabelledField label={t("people.password.present")}>
          <Input.Password autoComplete="current-password" maxLength={1000} value={before} onChange={(event) => setBefore(event.target.value)} />
        </LabelledField>
        <NewPassword typed={typed} onTyped={setTyped} />
        {change.error && <Wrong error={change.error} compact />}
        <div>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={change.isPending}>
            {t("people.password.save")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
