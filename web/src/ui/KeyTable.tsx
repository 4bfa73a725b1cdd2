/** API keys in rows: whose, what they may, until when, used when, and their end. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { revokeKey } from "@/api/people";
import type { ApiKeyInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "./Explanations";
import { keyState } from "./keyState";
import styles from "./KeyTable.module.css";
import { Wrong } from "./states";
import { useFormat } from "./useFormat";

interface Props {
  keys: ApiKeyInfo[];
  /** Whether it says whose they are. */
  owners?: boolean;
}

export function KeyTable({ keys, owners }: Props) {
  const { t } = useWords();
  const { instant } = useFormat();
  const [now] = useState(Date.now);
  if (!keys.length) return <p className="muted">{t("people.keys.none")}</p>;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("people.keys.title")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="num">{t("people.keys.name")}</th>
            {owners && <th scope="col" className="num">{t("people.keys.owner")}</th>}
            <th scope="col" className="num">{t("people.keys.may")}</th>
            <th scope="col" className="num">{t("people.keys.madeAt")}</th>
            <th scope="col" className="num">{t("people.keys.until")}</th>
            <th scope="col" className="num">{t("people.keys.used")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const state = keyState(key.expires_at, now);
            return (
              <tr key={key.id}>
                <td className={styles.name}>{key.name}</td>
                {owners && <td>{key.login}</td>}
                <td className="num" tabIndex={0} {...explain(...key.permissions.map((one) => t(`people.permission.${one}`)))}>
                  {t("people.keys.permissions", { count: key.permissions.length })}
                </td>
                <td className="num muted">{instant(key.made_at)}</td>
                <td className={`num ${state === "holds" ? "muted" : state === "soon" ? "warn" : "down"}`}>
                  {key.expires_at === null ? t("people.keys.forever") : instant(key.expires_at)}
                  {state !== "holds" && ` · ${t(`people.keys.state.${state}`)}`}
                </td>
                <td className="num muted">{key.used_at ? instant(key.used_at) : t("people.never")}</td>
                <td className="right">
                  <Revoke one={key} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Revoke({ one }: { one: ApiKeyInfo }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeKey(one.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  return (
    <>
      <Popconfirm title={t("people.keys.revokeAsk", { name: one.name })} description={t("people.keys.revokeWhat")} okText={t("people.keys.revoke")} okButtonProps={{ danger: true }} cancelText={t("people.cancel")} onConfirm={() => revoke.mutate()}>
        <Button size="small" loading={revoke.isPending} aria-label={`${t("people.keys.revoke")}: ${one.name}`}>
          {t("people.keys.revoke")}
        </Button>
      </Popconfirm>
      {revoke.error && <Wrong error={revoke.error} compact />}
    </>
  );
}
