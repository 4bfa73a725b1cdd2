/** The saved audiences: how many are in each as of the day, what each says, and who changed it last. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { audiencesQuery } from "@/api/queries";
import type { AudienceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { MaskedMark } from "@/ui/MaskedMark";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import { Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Audiences.module.css";
import { NewListModal } from "./NewListModal";
import { PAGES } from "./pages";

const MOST = 6;

export function AudiencesTab() {
  const { t } = useWords();
  const { asked } = usePeriod();
  const { data, error, refetch, isPlaceholderData } = useQuery(audiencesQuery(asked.as_of));
  const [list, setList] = useState(false);
  const taken = [...PAGES, ...(data?.audiences.map((one) => one.key) ?? [])];
  return (
    <Panel>
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting lines={8} />}
      {data?.audiences.length === 0 && (
        <Nothing title={t("audiences.none.title")} action={<Starting onList={() => setList(true)} />}>
          {t("audiences.none.what")}
        </Nothing>
      )}
      {data && data.audiences.length > 0 && (
        <div data-stale={isPlaceholderData} className={styles.told}>
          <Found audiences={data.audiences} onList={() => setList(true)} />
        </div>
      )}
      {list && <NewListModal taken={taken} onClose={() => setList(false)} />}
    </Panel>
  );
}

function Starting({ onList }: { onList: () => void }) {
  const { t } = useWords();
  return (
    <Can permission="audiences.write">
      <div className="row">
        <Link to="/audiences/new">{t("audiences.none.action")}</Link>
        <Button type="link" onClick={onList}>
          {t("audiences.lists.new")}
        </Button>
      </div>
    </Can>
  );
}

function Found({ audiences, onList }: { audiences: AudienceInfo[]; onList: () => void }) {
  const { t } = useWords();
  const { title } = useFormat();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const wanted = text.trim().toLowerCase();
  const shown = audiences.filter((one) => [one.key, one.name.zh, one.name.en, one.description, title(one.said), one.changed_by].join("\n").toLowerCase().includes(wanted));
  const toggle = (key: string, on: boolean) => setChosen(on ? [...chosen, key] : chosen.filter((one) => one !== key));
  return (
    <>
      <div className={styles.bar}>
        <Input.Search allowClear className={styles.find} aria-label={t("audiences.list.find")} placeholder={t("audiences.list.find")} onChange={(event) => setText(event.target.value)} />
        <span className="push" />
        <Can permission="audiences.write">
          <Button onClick={onList}>{t("audiences.lists.new")}</Button>
        </Can>
        <Button disabled={chosen.length < 2} onClick={() => void navigate({ to: "/audiences", search: { tab: "overlap", with: chosen } })}>
          {chosen.length < 2 ? t("audiences.tab.overlap") : t("audiences.list.overlap", { count: chosen.length })}
        </Button>
      </div>
      {shown.length === 0 && <p className="muted">{t("audiences.list.nothing")}</p>}
      {shown.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t("audiences.tab.audiences")}>
          <table className="table">
            <thead>
              <tr>
                <td />
                <th scope="col">{t("audiences.list.name")}</th>
                <th scope="col" className="right">{t("audiences.list.customers")}</th>
                <th scope="col">{t("audiences.list.said")}</th>
                <th scope="col">{t("audiences.list.changed")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <Row key={one.key} one={one} chosen={chosen.includes(one.key)} full={chosen.length >= MOST} onChoose={(on) => toggle(one.key, on)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

interface RowProps {
  one: AudienceInfo;
  chosen: boolean;
  full: boolean;
  onChoose: (on: boolean) => void;
}

function Row({ one, chosen, full, onChoose }: RowProps) {
  const { t } = useWords();
  const { say, title, number, share, instant } = useFormat();
  return (
    <tr>
      <td>
        <Checkbox checked={chosen} disabled={one.masked || (full && !chosen)} aria-label={t("audiences.list.choose", { name: say(one.name) })} onChange={(event) => onChoose(event.target.checked)} />
      </td>
      <td>
        <Link to="/audiences/$key" params={{ key: one.key }}>
          {say(one.name)}
        </Link>
        {one.description && <p className="muted small">{one.description}</p>}
      </td>
      <td className="right">
        {one.masked ? (
          <MaskedMark />
        ) : one.problem ? (
          <span className="warn" {...explain(title(one.problem))}>
            {t("audiences.list.problem")}
          </span>
        ) : (
          <>
            <b>{number(one.customers)}</b> <span className="muted small">{share(one.share)}</span>
          </>
        )}
      </td>
      <td className={styles.saidCell}>{title(one.said)}</td>
      <td className="muted">
        <span className="num">{instant(one.changed_at)}</span> · {one.changed_by} · {t("audiences.list.version", { version: one.version })}
      </td>
    </tr>
  );
}
