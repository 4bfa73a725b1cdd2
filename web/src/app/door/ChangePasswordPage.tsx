/** A password that somebody else made has to be changed before anything else. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { changePassword, sessionQuery } from "@/api/session";
import type { PersonInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { isReady } from "@/ui/typedTwice";
import { NewPassword, UNTYPED } from "@/ui/NewPassword";
import { Wrong } from "@/ui/states";
import { useSignOut } from "@/ui/useSignOut";
import { Door } from "./Door";
import styles from "./Door.module.css";

export function ChangePasswordPage({ person }: { person: PersonInfo }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [before, setBefore] = useState("");
  const [typed, setTyped] = useState(UNTYPED);
  const change = useMutation({
    mutationFn: () => changePassword({ password: before, new_password: typed.password }),
    onSuccess: () => cache.refetchQueries({ queryKey: sessionQuery.queryKey }),
  });
  const leave = useSignOut();
  const ready = before !== "" && isReady(typed.password, typed.again);
  return (
    <Door title={t("people.door.first", { name: person.name })} says={t("people.door.why")}>
      <form
        className={`stack ${styles.form}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) change.mutate();
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={person.login} readOnly />
        <LabelledField label={t("people.password.once")}>
          <Input.Password autoFocus autoComplete="current-password" maxLength={1000} value={before} onChange={(event) => setBefore(event.target.value)} />
        </LabelledField>
        <NewPassword typed={typed} onTyped={setTyped} />
        {change.error && <Wrong error={change.error} compact />}
        <Button type="primary" size="large" block htmlType="submit" disabled={!ready} loading={change.isPending}>
          {t("people.password.save")}
        </Button>
        <Button type="link" loading={leave.isPending} onClick={() => leave.mutate()}>
          {t("people.signOut")}
        </Button>
      </form>
    </Door>
  );
}
