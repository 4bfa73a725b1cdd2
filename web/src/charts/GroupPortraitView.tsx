/** The portrait of a group: what sets it apart from everybody, to be searched and filtered. */
import { Checkbox, Input } from "antd";
import { useState, type ComponentProps } from "react";
import type { GroupPortrait } from "@/api/types";
import { useWords } from "@/i18n";
import { ExportButton } from "@/ui/ExportButton";
import { Few } from "@/ui/Few";
import { Notes } from "@/ui/Notes";
import { Nothing } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./GroupPortraitView.module.css";
import { PortraitBars } from "./PortraitBars";
import { filtered, type Filter } from "./portraitParts";

interface Props {
  portrait: GroupPortrait;
  /** Begins the names of files that the picture is saved under. */
  file: string;
  address: ComponentProps<typeof ExportButton>["address"];
}

export function GroupPortraitView({ portrait, file, address }: Props) {
  const { t } = useWords();
  const { say, number, share } = useFormat();
  const [filter, setFilter] = useState<Filter>({ text: "", alike: false, drawn: true });
  const traits = filtered(portrait, filter);
  if (!portrait.inside) {
    return (
      <>
        <Nothing title={t("charts.portraitOf.nobody", { name: say(portrait.name) })}>{t("charts.portraitOf.nobodyHow")}</Nothing>
        <Notes notes={portrait.notes} />
      </>
    );
  }
  return (
    <>
      <p>
        {t("charts.portraitOf.group", { name: say(portrait.name), n: number(portrait.inside), share: share(portrait.share) })} <Few customers={portrait.inside} />
      </p>
      <div className={styles.choices}>
        <Input.Search
          allowClear
          className={styles.find}
          value={filter.text}
          placeholder={t("charts.portraitOf.find")}
          aria-label={t("charts.portraitOf.find")}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
        <Checkbox checked={filter.drawn} onChange={(event) => setFilter({ ...filter, drawn: event.target.checked })}>
          {t("charts.portraitOf.drawn")}
        </Checkbox>
        <Checkbox checked={filter.alike} onChange={(event) => setFilter({ ...filter, alike: event.target.checked })}>
          {t("charts.portraitOf.alike")}
        </Checkbox>
        <ExportButton permission="numbers.read" address={address} total={portrait.traits.length} />
      </div>
      {traits.length ? (
        <PortraitBars portrait={portrait} traits={traits} name={file} />
      ) : (
        <Nothing title={t("charts.portraitOf.none")}>{t("charts.portraitOf.noneHow")}</Nothing>
      )}
    </>
  );
}
