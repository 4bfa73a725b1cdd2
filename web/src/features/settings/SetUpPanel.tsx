/** The first owner: from then on everybody signs in. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { enter, setUp } from "@/api/session";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { NewPassword, UNTYPED } from "@/ui/NewPassword";
import { Panel } from "@/ui/Panel";
import { Wrong } from "@/ui/states";
import { isReady } from "@/ui/typedTwice";
import styles from "./People.module.css";

export function SetUpPanel() {
  const { t } = useWords();
  const cache = useQueryClient();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [typed, setTyped] = useState(UNTYPED);
  const make = useMutation({
    mutationFn: () => setUp({ login: login.trim(), name: name.trim(), password: typed.password }),
    onSuccess: (next) => void enter(cache, next),
  });
  const ready = login.trim().length > 1 && isReady(typed.password, typed.again);
  return (
    <Panel title={t("people.setUp.title")}>
      <p className={styles.told}>{t("people.setUp.what")}</p>
      <form
        className={`stack ${styles.form}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) make.mutate();
        }}
      >
        <LabelledField label={t("people.login")}>
          <Input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={200} placeholder={t("people.loginLike")} value={login} onChange={(event) => setLogin(event.target.value)} />
        </LabelledField>
        <LabelledField label={t("people.name")}>
          <Input autoComplete="name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </LabelledField>
        <NewPassword typed={typed} onTyped={setTyped} />
        {make.error && <Wrong error={make.error} compact />}
        <div>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={make.isPending}>
            {t("people.setUp.make")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
