/** Two to six audiences laid over each other: as an UpSet plot, and pair by pair. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Select } from "antd";
import { audiencesQuery, overlapQuery } from "@/api/queries";
import type { Overlap } from "@/api/types";
import UpSet from "@/charts/UpSet";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Audiences.module.css";

const MOST = 6;

export default function OverlapTab() {
  const { t } = useWords();
  const { say } = useFormat();
  const { asked } = usePeriod();
  const search = useSearch({ from: "/audiences" });
  const navigate = useNavigate({ from: "/audiences" });
  const chosen = search.with ?? [];
  const listed = useQuery(audiencesQuery(asked.as_of));
  const { data, error, refetch } = useQuery({ ...overlapQuery(chosen, asked.as_of), enabled: chosen.length >= 2 });
  const choose = (keys: string[]) => void navigate({ search: (before) => ({ ...before, with: keys.length ? keys : undefined }), replace: true, resetScroll: false });
  return (
    <div className="stack">
      <Panel>
        <Select
          mode="multiple"
          className={styles.choice}
          aria-label={t("audiences.overlap.choose")}
          placeholder={t("audiences.overlap.choose")}
          maxCount={MOST}
          showSearch={{ optionFilterProp: "label" }}
          value={chosen}
          options={(listed.data?.audiences ?? []).filter((one) => !one.masked).map((one) => ({ value: one.key, label: say(one.name) }))}
          onChange={choose}
        />
        {chosen.length < 2 && <p className="muted">{t("audiences.overlap.what")}</p>}
        {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
        {chosen.length >= 2 && !data && !error && <Waiting lines={8} />}
        {data && <UpSet overlap={data} />}
      </Panel>
      {data && <Pairs overlap={data} />}
    </div>
  );
}

function Pairs({ overlap }: { overlap: Overlap }) {
  const { t } = useWords();
  const { say, number, share } = useFormat();
  const named = new Map(overlap.audiences.map((one) => [one.key, say(one.name)]));
  return (
    <Panel title={t("audiences.overlap.pairs")}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("audiences.overlap.pairs")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("audiences.overlap.first")}</th>
              <th scope="col">{t("audiences.overlap.second")}</th>
              <th scope="col" className="right">{t("audiences.overlap.both")}</th>
              <th scope="col" className="right">{t("audiences.overlap.ofFirst")}</th>
              <th scope="col" className="right">{t("audiences.overlap.ofSecond")}</th>
              <th scope="col" className="right" {...explain(t("audiences.overlap.tgiMeaning"))}>TGI</th>
            </tr>
          </thead>
          <tbody>
            {overlap.pairs.map((pair) => (
              <tr key={`${pair.first}·${pair.second}`}>
                <td>{named.get(pair.first)}</td>
                <td>{named.get(pair.second)}</td>
                <td className="right">{number(pair.customers)}</td>
                <td className="right">{share(pair.share_of_first)}</td>
                <td className="right">{share(pair.share_of_second)}</td>
                <td className="right">{pair.tgi === null ? "–" : number(Math.round(pair.tgi))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
