/** All layerings, each with its terraces in small. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { layeringsQuery } from "@/api/queries";
import type { LayeringSummary } from "@/api/types";
import { MiniTerraces } from "@/charts/MiniTerraces";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { MaskedMark } from "@/ui/MaskedMark";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { PathLink } from "@/ui/PathLink";
import { usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import { Emblem, Nothing, Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Layerings.module.css";

export default function LayeringsPage() {
  const { t } = useWords();
  const { asked } = usePeriod();
  const { data, error, refetch } = useQuery(layeringsQuery(asked.as_of));
  return (
    <>
      <PageHead
        title={t("shell.room.layerings")}
        extra={
          data && (
            <>
              {data.length > 1 && <PathLink path="/layerings/compare">{t("layerings.compare.title")}</PathLink>}
              <Can permission="layerings.write">
                <Link to="/layerings/new">
                  <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
                    {t("layerings.build.title")}
                  </Button>
                </Link>
              </Can>
            </>
          )
        }
        says={<span className="muted">{t("layerings.says")}</span>}
      />
      {error && <Wrong error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Panel>
          <Waiting lines={8} />
        </Panel>
      )}
      {data && data.length === 0 && <Nothing title={t("layerings.none")} />}
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={one.key}>
            <Entry one={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Traits that are named in the list; of the others their number, with their names on hover. */
const SHOWN = 3;

function Entry({ one }: { one: LayeringSummary }) {
  const { t } = useWords();
  const { say, title, number, meaning } = useFormat();
  const [shown, folded] = [one.needs.slice(0, SHOWN), one.needs.slice(SHOWN)];
  const total = one.customers?.reduce((sum, count) => sum + count, 0);
  return (
    <article className={styles.entry} data-missing={one.missing !== null}>
      <div className={styles.mini}>
        {one.layers.length > 0 ? <MiniTerraces layers={one.layers} customers={one.customers} /> : <Emblem />}
      </div>
      <div className={styles.about}>
        <h2 className={styles.entryName}>
          <Link to="/layerings/$key" params={{ key: one.key }} className={styles.cover}>
            {say(one.name)}
          </Link>
        </h2>
        <p className="muted">{title(one.meaning)}</p>
        {one.missing && <p className="warn">{say(one.missing)}</p>}
        {one.masked && (
          <p>
            <MaskedMark />
          </p>
        )}
        <p className={styles.facts}>
          {one.layers.length > 0 && <span>{t("layerings.layersCount", { count: one.layers.filter((layer) => !one.ordered || layer.rank !== null).length })}</span>}
          {total !== undefined && <span>{t("layerings.customers", { count: total, n: number(total) })}</span>}
          <span>{t("layerings.version", { version: one.version })}</span>
          {shown.map((trait) => (
            <span key={trait.key} className={styles.need} {...explain(meaning(trait))}>
              {say(trait.name)}
            </span>
          ))}
          {folded.length > 0 && (
            <span className={styles.need} tabIndex={0} {...explain(t("layerings.moreTraits", { count: folded.length }), ...folded.map((trait) => title(trait.name)))}>
              +{folded.length}
            </span>
          )}
        </p>
      </div>
    </article>
  );
}
