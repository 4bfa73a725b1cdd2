/** A new password, typed twice, with what it needs. */
import { Input } from "antd";
import { useId } from "react";
import { useWords } from "@/i18n";
import { LabelledField } from "./LabelledField";
import { lackOf, SHORTEST } from "./typedTwice";

export interface Typed {
  password: string;
  again: string;
}

export const UNTYPED: Typed = { password: "", again: "" };

export function NewPassword({ typed, onTyped }: { typed: Typed; onTyped: (typed: Typed) => void }) {
  const { t } = useWords();
  const help = useId();
  const lack = lackOf(typed.password, typed.again);
  return (
    <>
      <LabelledField label={t("people.password.new")}>
        <Input.Password
          autoComplete="new-password"
          maxLength={200}
          aria-describedby={help}
          status={lack === "short" ? "warning" : undefined}
          value={typed.password}
          onChange={(event) => onTyped({ ...typed, password: event.target.value })}
        />
      </LabelledField>
      <LabelledField label={t("people.password.again")}>
        <Input.Password
          autoComplete="new-password"
          maxLength={200}
          aria-describedby={help}
          status={lack === "different" ? "warning" : undefined}
          value={typed.again}
          onChange={(event) => onTyped({ ...typed, again: event.target.value })}
        />
      </LabelledField>
      <p id={help} className={`small ${lack ? "warn" : "muted"}`} aria-live="polite">
        {t(`people.password.${lack ?? "needs"}`, { count: SHORTEST })}
      </p>
    </>
  );
}
