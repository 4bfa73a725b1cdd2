/** Signing in: login and password; afterwards the page that was wanted stands there. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useEffect, useState } from "react";
import { asProblem } from "@/api/problem";
import { enter, signIn } from "@/api/session";
import type { SessionState } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { Wrong } from "@/ui/states";
import { Door } from "./Door";
import styles from "./Door.module.css";
import { clock, waitOf } from "./wait";

export function SignInPage({ session }: { session: SessionState }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const enters = useMutation({
    mutationFn: () => signIn({ login: login.trim(), password }),
    onSuccess: (next) => void enter(cache, next),
    onError: () => setPassword(""),
  });
  const left = useWait(enters.error);
  const refused = new URLSearchParams(window.location.search).get("refused") === "provider";
  return (
    <Door title={session.workspace || t("shell.product")} says={t("people.door.says")}>
      <form
        className={`stack ${styles.form}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (left === 0 && !enters.isPending) enters.mutate();
        }}
      >
        <LabelledField label={t("people.login")}>
          <Input size="large" name="username" required autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={200} value={login} onChange={(event) => setLogin(event.target.value)} />
        </LabelledField>
        <LabelledField label={t("people.password.name")}>
          <Input.Password size="large" name="password" required autoComplete="current-password" maxLength={1000} value={password} onChange={(event) => setPassword(event.target.value)} />
        </LabelledField>
        {enters.error && <Wrong error={enters.error} compact />}
        <Button type="primary" size="large" block htmlType="submit" disabled={left > 0} loading={enters.isPending}>
          {left > 0 ? t("people.door.wait", { clock: clock(left) }) : t("people.door.enter")}
        </Button>
        {session.provider && (
          <Button size="large" block href="/api/v1/session/openid">
            {t("people.door.provider", { name: session.provider })}
          </Button>
        )}
        {refused && !enters.error && (
          <p role="alert" className="warn">
            {t("people.door.refused", { name: session.provider ?? "" })}
          </p>
        )}
      </form>
    </Door>
  );
}

/** Seconds until it can be tried again, counted down. */
function useWait(error: Error | null): number {
  const [waiting, setWaiting] = useState<{ error: Error | null; left: number }>({ error: null, left: 0 });
  if (waiting.error !== error) setWaiting({ error, left: waitOf(error && asProblem(error)) });
  useEffect(() => {
    const until = Date.now() + waitOf(error && asProblem(error)) * 1000;
    if (until <= Date.now()) return;
    const timer = window.setInterval(() => {
      const left = Math.max(0, (until - Date.now()) / 1000);
      setWaiting({ error, left });
      if (left === 0) window.clearInterval(timer);
    }, 500);
    return () => window.clearInterval(timer);
  }, [error]);
  return waiting.left;
}
